package dev.relay.sink;

import dev.relay.io.Reply;
import java.io.IOException;
import java.nio.file.Path;

/** Under which name a file appears, and what becomes of a file that has it already. */
interface Naming {
    /** Begins the part of the file, or throws when the name cannot be had. */
    PartFile begin(Reply reply) throws IOException;

    /** Where the file is to stand, when that is known before the response: links followed. */
    Path target();

    /** Its bytes are whole: what else belongs to the file, before it is synced. */
    void complete(PartFile part);

    /** Gives the part its name. */
    void appear(PartFile part) throws IOException;

    /** The name as the user knows it; that of the response once it has begun. */
    Path shown();
}
