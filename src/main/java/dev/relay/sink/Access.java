package dev.relay.sink;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Who may do what with a file: the new file under an old name is no more open and no less than the old one was. */
final class Access {
    private static final String[] OWNERSHIP = {"unix:gid", "unix:uid"};

    private Access() {}

    /** For making a file that nobody can read who cannot read that one; nothing when there is none. */
    static FileAttribute<?>[] like(Path old) {
        try {
            Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(old);
            permissions.add(PosixFilePermission.OWNER_WRITE);
            return new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(permissions)};
        } catch (IOException | UnsupportedOperationException e) {
            // There is no old file, or a file system that knows no permissions.
            return new FileAttribute<?>[0];
        }
    }

    /** Gives a file the owner, the group and the permissions of an old one, if there is one, as far as one may. */
    static void copy(Path old, Path file) {
        try {
            if (!Files.exists(old)) {
                return;
            }
            for (String attribute : OWNERSHIP) {
                Object owner = Files.getAttribute(old, attribute);
                if (!owner.equals(Files.getAttribute(file, attribute, NOFOLLOW_LINKS))) {
                    Files.setAttribute(file, attribute, owner, NOFOLLOW_LINKS);
                }
            }
            Files.setPosixFilePermissions(file, Files.getPosixFilePermissions(old));
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
            // Only root may give files away, and some file systems have no such attributes. It was made as closed as
            // the old one, so nobody can read more than before.
            assert e != null;
        }
    }
}
