package dev.relay.outcome;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Carries a fault from where it is found to where it becomes an outcome. */
public final class FaultException extends IOException {
    private static final long serialVersionUID = 1L;
    private final transient Fault fault;

    FaultException(Fault fault, @Nullable Throwable cause) {
        super(fault.message(), cause);
        this.fault = fault;
    }

    public Fault fault() {
        return fault;
    }
}
