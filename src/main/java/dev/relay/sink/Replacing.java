package dev.relay.sink;

import dev.relay.io.Reply;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A name that the user gave: the file that has it is replaced when the new one is whole. */
final class Replacing implements Naming {
    private final Path shown;
    private final Place.Regular place;
    private final boolean createDirectories;

    Replacing(Path shown, Place.Regular place, boolean createDirectories) {
        this.shown = shown;
        this.place = place;
        this.createDirectories = createDirectories;
    }

    @Override
    public PartFile begin(Reply reply) throws IOException {
        if (createDirectories) {
            Files.createDirectories(Folder.of(place.path()));
        }
        checkOld();
        var claim = new PartClaim(place.path());
        return Files.exists(place.path()) ? claim.begin(reply, Access.owner()) : claim.begin(reply);
    }

    /** Says early what {@link #begin} would say. */
    void check() throws IOException {
        checkPlace();
        new PartClaim(place.path()).check();
    }

    /** Says early what stands in the way of the file, if not of its part. */
    void checkPlace() throws IOException {
        Folder.check(Folder.of(place.path()), createDirectories, shown);
        checkOld();
    }

    private void checkOld() throws IOException {
        if (Files.isDirectory(place.path())) {
            throw new FileSystemException(shown.toString(), null, "it is a directory");
        }
        // A rename would get around it, but who made a file read-only wants it to stay.
        if (Files.exists(place.path()) && !Files.isWritable(place.path())) {
            throw new AccessDeniedException(shown.toString());
        }
    }

    @Override
    public Path target() {
        return place.path();
    }

    @Override
    public void complete(PartFile part) {
        if (Files.exists(place.path())) {
            Access.copy(place.path(), part.path());
        }
    }

    @Override
    public void appear(PartFile part) throws IOException {
        part.replace(place.path());
    }

    @Override
    public Path shown() {
        return shown;
    }
}
