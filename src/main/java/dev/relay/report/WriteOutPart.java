package dev.relay.report;

import dev.relay.plan.WriteOutVariable;
import java.io.IOException;

/** A piece of the format of {@code --write-out}. Methods, not a switch: linking one costs a short run milliseconds. */
sealed interface WriteOutPart {
    void print(WriteOut out) throws IOException;

    /** Whether nothing of what follows is to be printed. */
    default boolean endsHere(Facts facts) {
        return false;
    }

    /** Itself. */
    record Literal(String text) implements WriteOutPart {
        @Override
        public void print(WriteOut out) {
            out.literal(text);
        }
    }

    /** {@code %{name}}. */
    record Variable(WriteOutVariable variable) implements WriteOutPart {
        @Override
        public void print(WriteOut out) throws IOException {
            out.variable(variable);
        }

        @Override
        public boolean endsHere(Facts facts) {
            return variable == WriteOutVariable.ONERROR && !facts.isFailure();
        }
    }

    /** {@code %{name}} with a name that means nothing. */
    record Unknown(String name) implements WriteOutPart {
        @Override
        public void print(WriteOut out) {
            out.unknown(name);
        }
    }

    /** {@code %header{name}}, also written {@code %{header{name}}}: the first field of that name. */
    record HeaderField(String name) implements WriteOutPart {
        @Override
        public void print(WriteOut out) {
            out.field(name);
        }
    }

    /** {@code %output{file}}, or {@code %output{>>file}}: what follows goes there. */
    record Output(String file, boolean append) implements WriteOutPart {
        @Override
        public void print(WriteOut out) throws IOException {
            out.output(file, append);
        }
    }

    /** {@code %checksum{alg}}, also written {@code %{checksum{alg}}}: the digest of the body as it was delivered. */
    record Checksum(String algorithm) implements WriteOutPart {
        @Override
        public void print(WriteOut out) {
            out.checksum(algorithm);
        }
    }
}
