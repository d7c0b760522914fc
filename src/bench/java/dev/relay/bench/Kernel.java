package dev.relay.bench;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;

/** What Linux tells about processes and Java does not: prctl(2), wait4(2), mkfifo(3). */
final class Kernel {
    private static final int PR_SET_CHILD_SUBREAPER = 36;
    /** struct rusage (getrusage(2)): two times of two words each, then the greatest resident size. */
    private static final int RUSAGE_SIZE = 144;

    private static final MethodHandle PRCTL = function(
            "prctl",
            FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG),
            Linker.Option.firstVariadicArg(1));
    private static final MethodHandle WAIT4 = function(
            "wait4",
            FunctionDescriptor.of(
                    ValueLayout.JAVA_INT,
                    ValueLayout.JAVA_INT,
                    ValueLayout.ADDRESS,
                    ValueLayout.JAVA_INT,
                    ValueLayout.ADDRESS));

    private static final MethodHandle MKFIFO =
            function("mkfifo", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_INT));

    private Kernel() {}

    /**
     * How a process ended and what it used, itself alone.
     *
     * @param exitCode its exit code, or 128 and the signal
     * @param cpuNanos user and system time
     * @param peakBytes the greatest resident size
     */
    record Usage(int exitCode, long cpuNanos, long peakBytes) {}

    /** From now on, a process whose parent has ended becomes a child of this one. */
    static void adoptOrphans() {
        try {
            if ((int) PRCTL.invokeExact(PR_SET_CHILD_SUBREAPER, 1L) != 0) {
                throw new IllegalStateException("prctl failed");
            }
        } catch (Throwable e) {
            throw new IllegalStateException("orphans cannot be adopted", e);
        }
    }

    /** Makes a FIFO that only its owner may use. */
    static void makePipe(Path path) {
        try (var arena = Arena.ofConfined()) {
            if ((int) MKFIFO.invokeExact(arena.allocateFrom(path.toString()), 0600) != 0) {
                throw new IllegalStateException("mkfifo failed");
            }
        } catch (Throwable e) {
            throw new IllegalStateException(path + " cannot be made", e);
        }
    }

    /** Waits for the end of a child that Java did not start. */
    static Usage await(int pid) {
        try (var arena = Arena.ofConfined()) {
            MemorySegment status = arena.allocate(ValueLayout.JAVA_INT);
            MemorySegment usage = arena.allocate(RUSAGE_SIZE, Long.BYTES);
            if ((int) WAIT4.invokeExact(pid, status, 0, usage) != pid) {
                throw new IllegalStateException("process " + pid + " is no child");
            }
            int how = status.get(ValueLayout.JAVA_INT, 0);
            int signal = how & 0x7f;
            return new Usage(
                    signal == 0 ? (how >> 8) & 0xff : 128 + signal,
                    time(usage, 0) + time(usage, 2),
                    1024 * word(usage, 4));
        } catch (RuntimeException e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    /** A struct timeval: seconds and microseconds. */
    private static long time(MemorySegment usage, int index) {
        return 1_000_000_000 * word(usage, index) + 1_000 * word(usage, index + 1);
    }

    private static long word(MemorySegment usage, int index) {
        return usage.getAtIndex(ValueLayout.JAVA_LONG, index);
    }

    @SuppressWarnings("restricted") // the bench grants itself native access
    private static MethodHandle function(String name, FunctionDescriptor type, Linker.Option... options) {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), type, options);
    }
}
