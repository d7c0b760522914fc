package dev.relay.report;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * The echo of a terminal, off until this is closed. The C library does it: the runtime knows no terminal but its standard
 * input, and JLine would take hold of a whole terminal for the sake of one bit.
 */
final class Echo implements AutoCloseable {
    private static final int READ_AND_WRITE = 2;
    /** When what was written is shown; what was typed before the question counts for nothing. */
    private static final int FLUSHING = 2;
    /** Room for the settings, more than any system has. */
    private static final int SETTINGS = 256;

    private static final int ECHO = 8;

    private final Native system;
    private final MemorySegment before;
    private final int descriptor;
    private boolean off;

    private Echo(Native system, int descriptor, MemorySegment before) {
        this.system = system;
        this.descriptor = descriptor;
        this.before = before;
        this.off = true;
    }

    /** Turns it off for that terminal. */
    static Echo off(String device) throws IOException {
        var system = new Native();
        Arena arena = Arena.ofAuto();
        int descriptor = system.open(arena.allocateFrom(device));
        MemorySegment before = arena.allocate(SETTINGS, 8);
        if (descriptor < 0 || system.get(descriptor, before) != 0) {
            throw new IOException("its settings cannot be read");
        }
        MemorySegment quiet = arena.allocate(SETTINGS, 8).copyFrom(before);
        // Linux and the BSDs have int flags, the fourth of which is meant; macOS has long ones.
        long place = System.getProperty("os.name", "").startsWith("Mac") ? 24 : 12;
        quiet.set(ValueLayout.JAVA_INT, place, quiet.get(ValueLayout.JAVA_INT, place) & ~ECHO);
        var echo = new Echo(system, descriptor, before);
        if (system.set(descriptor, quiet) != 0) {
            echo.close();
            throw new IOException("its echo cannot be turned off");
        }
        return echo;
    }

    /** Restores what was before, once. */
    @Override
    public synchronized void close() {
        if (off) {
            off = false;
            // A terminal that is gone has nothing to be restored.
            int _ = system.set(descriptor, before);
            int _ = system.close(descriptor);
        }
    }

    /** The functions of the C library. */
    // The launcher grants native access.
    @SuppressWarnings("restricted")
    private static final class Native {
        private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;

        private final Linker linker = Linker.nativeLinker();
        private final MethodHandle open = function(
                "open", FunctionDescriptor.of(INT, ValueLayout.ADDRESS, INT), Linker.Option.firstVariadicArg(2));
        private final MethodHandle get = function("tcgetattr", FunctionDescriptor.of(INT, INT, ValueLayout.ADDRESS));
        private final MethodHandle set =
                function("tcsetattr", FunctionDescriptor.of(INT, INT, INT, ValueLayout.ADDRESS));
        private final MethodHandle close = function("close", FunctionDescriptor.of(INT, INT));

        private MethodHandle function(String name, FunctionDescriptor shape, Linker.Option... options) {
            return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), shape, options);
        }

        int open(MemorySegment path) {
            try {
                return (int) open.invokeExact(path, READ_AND_WRITE);
            } catch (Throwable e) {
                throw broken(e);
            }
        }

        int get(int descriptor, MemorySegment settings) {
            try {
                return (int) get.invokeExact(descriptor, settings);
            } catch (Throwable e) {
                throw broken(e);
            }
        }

        int set(int descriptor, MemorySegment settings) {
            try {
                return (int) set.invokeExact(descriptor, FLUSHING, settings);
            } catch (Throwable e) {
                throw broken(e);
            }
        }

        int close(int descriptor) {
            try {
                return (int) close.invokeExact(descriptor);
            } catch (Throwable e) {
                throw broken(e);
            }
        }

        /** A handle is declared to throw anything; these functions throw nothing. */
        private static IllegalStateException broken(Throwable e) {
            return new IllegalStateException("a function of the C library cannot be called", e);
        }
    }
}
