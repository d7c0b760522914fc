#!/bin/sh
# Installs the image below a prefix: lib/relay, a link in bin, manual and completions in share; or removes all of it.
#
# usage: install.sh install|uninstall IMAGE PREFIX
set -eu

action=$1 image=$2 prefix=$3

# Directories that nothing is left in, up to the prefix.
prune() { # DIRECTORY
    (cd "$prefix" 2>/dev/null && rmdir -p "$1" 2>/dev/null) || true
}

remove() {
    rm -f "$prefix/bin/relay"
    # What an earlier installation put into share is listed beside it.
    if [ -f "$prefix/lib/relay/installed" ]; then
        while IFS= read -r file; do rm -f "$prefix/$file"; done <"$prefix/lib/relay/installed"
        while IFS= read -r file; do prune "${file%/*}"; done <"$prefix/lib/relay/installed"
    fi
    rm -rf "$prefix/lib/relay"
    prune bin
    prune lib
}

remove
[ "$action" = install ] || exit 0

mkdir -p "$prefix/bin" "$prefix/lib/relay"
# Times are kept: the AOT cache remembers those of the files that it was made from.
cp -Rp "$image/bin" "$image/lib" "$prefix/lib/relay/"
ln -s ../lib/relay/bin/relay "$prefix/bin/relay"
(cd "$image" && find share -type f | sort) >"$prefix/lib/relay/installed"
while IFS= read -r file; do
    mkdir -p "$prefix/${file%/*}"
    cp -p "$image/$file" "$prefix/$file"
done <"$prefix/lib/relay/installed"
