#!/bin/sh
# Prints the home of the first JDK 25 that it finds; prints nothing and fails when there is none.

wanted=25

# A JDK, not a runtime: it has the compiler and the linker, and the version is in its release file.
check() {
    [ -x "$1/bin/javac" ] && [ -x "$1/bin/jlink" ] && grep -q "^JAVA_VERSION=\"${wanted}[.\"]" "$1/release" 2>/dev/null || return 1
    printf '%s\n' "$1"
    exit 0
}

[ -n "${JAVA_HOME:-}" ] && check "$JAVA_HOME"

# javac on the PATH is often a chain of links into the JDK.
javac=$(command -v javac) && javac=$(readlink -f "$javac" 2>/dev/null) && check "${javac%/bin/javac}"

for home in \
    /usr/lib/jvm/* \
    "${SDKMAN_DIR:-$HOME/.sdkman}"/candidates/java/* \
    "$HOME"/.jdks/* \
    /opt/java/* /opt/jdk* \
    /opt/homebrew/opt/openjdk@$wanted/libexec/openjdk.jdk/Contents/Home \
    /usr/local/opt/openjdk@$wanted/libexec/openjdk.jdk/Contents/Home; do
    check "$home"
done

[ -x /usr/libexec/java_home ] && home=$(/usr/libexec/java_home -F -v $wanted 2>/dev/null) && check "$home"
exit 1
