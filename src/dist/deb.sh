#!/bin/sh
# Packs the image as a Debian package: everything below /usr/lib/relay, a link in /usr/bin, manual and completions where
# Debian looks for them. The same image gives the same bytes.
#
# usage: deb.sh VERSION TARGET MAINTAINER [COMPRESSION]
set -eu

version=$1 target=$2 maintainer=$3 compression=${4:-xz}
here=$(dirname "$0")
tree=$target/deb
doc=$tree/usr/share/doc/relay

command -v dpkg-deb >/dev/null || { echo "relay: make deb needs dpkg-deb (apt-get install dpkg)" >&2; exit 1; }
architecture=$(dpkg --print-architecture)
package=$target/relay_$version-1_$architecture.deb

# From the entries of the changelog, newest first, to those of Debian's.
changelog() {
    awk -v maintainer="$maintainer" '
        function finish() {
            if (version == "") return
            command = "LC_ALL=C TZ=UTC date -R -d " date
            command | getline stamp
            close(command)
            printf "\n -- %s  %s\n", maintainer, stamp
        }
        /^## / {
            finish()
            printf "%srelay (%s-1) unstable; urgency=medium\n\n", (version == "" ? "" : "\n"), $2
            version = $2
            date = $NF
        }
        /^- / { print "  * " substr($0, 3) }
        /^  / { print "  " $0 }
        END { finish() }
    ' "$here/CHANGELOG.md"
}

# What the runtime's native libraries need of the C library.
libc() {
    find "$tree/usr/lib/relay" -type f \( -name '*.so' -o -path '*/bin/*' \) -exec grep -aoh 'GLIBC_2\.[0-9]*' {} + |
        sed 's/GLIBC_//' | sort -t . -k 2n | tail -n 1
}

rm -rf "$tree"
mkdir -p "$tree/DEBIAN"
sh "$here/install.sh" install "$target/relay" "$tree/usr"
rm "$tree/usr/lib/relay/installed"

# Debian's places and names.
mkdir -p "$tree/usr/share/zsh/vendor-completions" "$tree/usr/share/lintian/overrides"
mv "$tree/usr/share/zsh/site-functions/_relay" "$tree/usr/share/zsh/vendor-completions/"
rmdir "$tree/usr/share/zsh/site-functions"
gzip -9n "$tree"/usr/share/man/man1/*.1
rm "$doc/LICENSE"
mv "$doc/CHANGELOG.md" "$doc/changelog"
changelog >"$doc/changelog.Debian"
gzip -9n "$doc/changelog" "$doc/changelog.Debian"
cp "$here/deb/copyright" "$doc/copyright"
cp "$here/deb/lintian-overrides" "$tree/usr/share/lintian/overrides/relay"
find "$tree/usr" -type d -exec chmod 755 {} +
find "$tree/usr" -type f -perm -100 -exec chmod 755 {} +
find "$tree/usr" -type f ! -perm -100 -exec chmod 644 {} +

cat >"$tree/DEBIAN/control" <<CONTROL
Package: relay
Version: $version-1
Architecture: $architecture
Maintainer: $maintainer
Installed-Size: $(du -sk "$tree/usr" | cut -f 1)
Depends: libc6 (>= $(libc))
Recommends: ca-certificates
Section: web
Priority: optional
Description: move bytes between HTTP and pipes or files, and tell the truth
 relay moves the bytes of an HTTP exchange to where they are wanted, a pipe or
 a file, once each, in order, as they arrive, and its exit code tells the truth
 about how it ended. A body that breaks is continued where it broke, under the
 validator of the same entity, into a pipe as into a file.
 .
 It brings its own Java runtime.
CONTROL
(cd "$tree" && find usr -type f -exec md5sum {} + | LC_ALL=C sort -k 2 >DEBIAN/md5sums)
chmod 644 "$tree"/DEBIAN/*

# One time for all files, which is that of the image: the AOT cache remembers it.
export TZ=UTC SOURCE_DATE_EPOCH=1735689600
find "$tree" -exec touch -h -t 202501010000.00 {} +
dpkg-deb -Z"$compression" --root-owner-group --build "$tree" "$package" >/dev/null
echo "$package"
