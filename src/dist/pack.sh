#!/bin/sh
# Packs the image as relay-VERSION-OS-ARCHITECTURE.tar.gz, the same bytes for the same image, and writes its SHA-256.
#
# usage: pack.sh VERSION TARGET
set -eu

version=$1 target=$2
name=relay-$version-$(uname -s | tr '[:upper:]' '[:lower:]')-$(uname -m)
tar=$(command -v gtar || command -v tar)

cd "$target"
"$tar" --version 2>/dev/null | grep -q GNU || { echo "relay: make dist needs GNU tar (brew install gnu-tar)" >&2; exit 1; }
"$tar" --sort=name --mtime='2025-01-01 00:00:00Z' --owner=0 --group=0 --numeric-owner \
    --transform "s|^relay|$name|" -cf - relay | gzip -9 -n >"$name.tar.gz"
if command -v sha256sum >/dev/null; then sha256sum "$name.tar.gz"; else shasum -a 256 "$name.tar.gz"; fi >"$name.tar.gz.sha256"
echo "$target/$name.tar.gz"
echo "$target/$name.tar.gz.sha256"
