#!/bin/sh
# Packs the image as relay-VERSION-OS-ARCHITECTURE.tar.gz, and its jars alone, with a launcher that looks for Java 25, as
# relay-VERSION-any.tar.gz: the same bytes for the same image. Writes the SHA-256 of each.
#
# usage: pack.sh VERSION TARGET
set -eu

version=$1 target=$2
here=$(cd "$(dirname "$0")" && pwd)
tar=$(command -v gtar || command -v tar)
"$tar" --version 2>/dev/null | grep -q GNU || { echo "relay: make dist needs GNU tar (brew install gnu-tar)" >&2; exit 1; }
cd "$target"

pack() { # TREE NAME
    "$tar" --sort=name --mtime='2025-01-01 00:00:00Z' --owner=0 --group=0 --numeric-owner \
        --transform "s|^$1|$2|" -cf - "$1" | gzip -9 -n >"$2.tar.gz"
    if command -v sha256sum >/dev/null; then sha256sum "$2.tar.gz"; else shasum -a 256 "$2.tar.gz"; fi >"$2.tar.gz.sha256"
    echo "$target/$2.tar.gz"
    echo "$target/$2.tar.gz.sha256"
}

rm -rf any
mkdir -p any/bin any/lib
cp relay/lib/*.jar any/lib/
cp -R relay/share any/
awk -v found="$here/find-java.sh" '
    /^# shellcheck disable=SC2086/ { while ((getline line <found) > 0) print line }
    { sub(/^exec "\$lib\/runtime\/bin\/java"/, "exec \"$java\""); print }
' relay/bin/relay >any/bin/relay
chmod 755 any/bin/relay

pack relay "relay-$version-$(uname -s | tr '[:upper:]' '[:lower:]')-$(uname -m)"
pack any "relay-$version-any"
