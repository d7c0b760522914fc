package dev.relay.sink;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Who may do what with a file: the new file under an old name is as open as the old one was, and never more. */
final class Access {
    private Access() {}

    /** For making a file that only its owner reads and writes. */
    static FileAttribute<?> owner() {
        return PosixFilePermissions.asFileAttribute(
                Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE));
    }

    /** Gives a file the owner, the group and the permissions of an old one, as far as one may. */
    static void copy(Path old, Path file) {
        try {
            Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(old);
            if (!copied("unix:gid", old, file)) {
                withoutGroupsOwn(permissions);
            }
            Files.setPosixFilePermissions(file, permissions);
            // Last, for after it the file may be somebody else's; one that cannot be given away stays its maker's.
            copied("unix:uid", old, file);
        } catch (IOException | UnsupportedOperationException e) {
            // Some file systems have no permissions. The file was made for its owner alone, so nobody reads more now.
            assert e != null;
        }
    }

    private static boolean copied(String attribute, Path old, Path file) {
        try {
            Object wanted = Files.getAttribute(old, attribute);
            if (!wanted.equals(Files.getAttribute(file, attribute, NOFOLLOW_LINKS))) {
                Files.setAttribute(file, attribute, wanted, NOFOLLOW_LINKS);
            }
            return true;
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
            // Only root gives files away, and only to one's own groups does anybody else.
            return false;
        }
    }

    /** What the old group might do, another group may only if everybody may. */
    private static void withoutGroupsOwn(Set<PosixFilePermission> permissions) {
        for (String what : new String[] {"READ", "WRITE", "EXECUTE"}) {
            if (!permissions.contains(PosixFilePermission.valueOf("OTHERS_" + what))) {
                permissions.remove(PosixFilePermission.valueOf("GROUP_" + what));
            }
        }
    }
}
