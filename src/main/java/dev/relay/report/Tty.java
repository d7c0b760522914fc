package dev.relay.report;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import org.jspecify.annotations.Nullable;

/**
 * The terminal behind standard error, asked and never changed. JLine would take hold of it, and put back at the end what
 * it found at the beginning: under the feet of a pager that reads what relay writes.
 */
final class Tty {
    private static final int STDERR = 2;
    private static final int TERMIOS_SIZE = 128;

    /** Where a system keeps what is asked for: request codes of ioctl(2), place and bit of ICANON in its termios. */
    private record Codes(long size, long attributes, long foreground, long localFlags, int canonical) {
        static final Codes LINUX = new Codes(0x5413, 0x5401, 0x540f, 12, 2);
        static final Codes MAC = new Codes(0x40087468, 0x40487413, 0x40047477, 24, 0x100);
    }

    private final Codes codes;
    private final @Nullable MethodHandle ioctl;
    private final int group;
    private final MemorySegment answer = Arena.ofAuto().allocate(TERMIOS_SIZE, 8);

    // The launcher grants native access.
    @SuppressWarnings("restricted")
    private Tty(String system) {
        this.codes = system.startsWith("Mac") ? Codes.MAC : Codes.LINUX;
        Linker linker = Linker.nativeLinker();
        var function = linker.defaultLookup().find("ioctl");
        this.ioctl = function.isEmpty() || !(system.startsWith("Mac") || system.equals("Linux"))
                ? null
                : linker.downcallHandle(
                        function.get(),
                        FunctionDescriptor.of(
                                ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG, ValueLayout.ADDRESS),
                        Linker.Option.firstVariadicArg(2));
        this.group = group(linker);
    }

    static Tty ofStderr() {
        return new Tty(System.getProperty("os.name", ""));
    }

    /** The number of its columns; 0 when it does not say. */
    int columns() {
        return ask(codes.size()) ? Short.toUnsignedInt(answer.get(ValueLayout.JAVA_SHORT, 2)) : 0;
    }

    /**
     * Whether a line may be painted there: not from the background, and not while a program such as a pager has put the
     * terminal into a mode of its own.
     */
    boolean isOurs() {
        if (ask(codes.foreground()) && group > 0 && answer.get(ValueLayout.JAVA_INT, 0) != group) {
            return false;
        }
        return !ask(codes.attributes())
                || (answer.get(ValueLayout.JAVA_INT, codes.localFlags()) & codes.canonical()) != 0;
    }

    private boolean ask(long request) {
        if (ioctl == null) {
            return false;
        }
        try {
            return (int) ioctl.invokeExact(STDERR, request, answer) == 0;
        } catch (Throwable _) {
            // A handle is declared to throw anything; what cannot be asked is not known.
            return false;
        }
    }

    /** The process group of relay; 0 when it is not known. */
    @SuppressWarnings("restricted")
    private static int group(Linker linker) {
        var function = linker.defaultLookup().find("getpgrp");
        if (function.isEmpty()) {
            return 0;
        }
        try {
            return (int) linker.downcallHandle(function.get(), FunctionDescriptor.of(ValueLayout.JAVA_INT))
                    .invokeExact();
        } catch (Throwable _) {
            // As above.
            return 0;
        }
    }
}
