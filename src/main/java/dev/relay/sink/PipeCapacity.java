package dev.relay.sink;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * Makes the pipe on standard output larger, once so much has gone through it that it is worth the start of the foreign
 * function interface: with 64 KiB, the reader and relay would wake each other for every few pages.
 */
final class PipeCapacity {
    /** From how many bytes on it is worth it. */
    static final long WORTHWHILE = 1 << 20;

    private static final int CAPACITY = 1 << 20;
    /** Linux, fcntl(2): the capacity in bytes; an unprivileged process may ask for up to 1 MiB. */
    private static final int F_SETPIPE_SZ = 1031;

    private PipeCapacity() {}

    /** Asks for it in the background; where it cannot be had, nothing changes. */
    static void grow() {
        if (!System.getProperty("os.name", "").equals("Linux")) {
            return;
        }
        var thread = new Thread(PipeCapacity::set, "pipe capacity");
        thread.setDaemon(true);
        thread.start();
    }

    // The launcher grants native access.
    @SuppressWarnings("restricted")
    private static void set() {
        Linker linker = Linker.nativeLinker();
        var fcntl = linker.defaultLookup().find("fcntl");
        if (fcntl.isEmpty()) {
            return;
        }
        MethodHandle call = linker.downcallHandle(
                fcntl.get(),
                FunctionDescriptor.of(
                        ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT),
                Linker.Option.firstVariadicArg(2));
        try {
            // -1, for what is no pipe or is not permitted, is an answer like any other: the pipe stays as it is.
            int _ = (int) call.invokeExact(1, F_SETPIPE_SZ, CAPACITY);
        } catch (Throwable _) {
            // A handle is declared to throw anything; without the call the bytes flow as before.
        }
    }
}
