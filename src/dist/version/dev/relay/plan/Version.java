package dev.relay.plan;

/** The version of relay, as the build knows it. */
public final class Version {
    public static final String NUMBER = "${project.version}";

    private Version() {}
}
