#!/bin/sh
# Copies manual, completions and licence into the image, laid out as below a prefix, and has its launcher name the commit.
#
# usage: documents.sh IMAGE [COMMIT]
set -eu

share=$1/share
rm -rf "$share"

put() { # DIRECTORY NAME FILE
    [ -f "$3" ] || return 0
    mkdir -p "$share/$1"
    cp "$3" "$share/$1/$2"
}

for page in man/*.[1-9]; do
    put "man/man${page##*.}" "${page##*/}" "$page"
done
put bash-completion/completions relay completions/relay.bash
put zsh/site-functions _relay completions/_relay
put fish/vendor_completions.d relay.fish completions/relay.fish
put doc/relay LICENSE LICENSE
put doc/relay NOTICE NOTICE
put doc/relay README.md README.md
put doc/relay CHANGELOG.md src/dist/CHANGELOG.md
sed "s|-Drelay.commit=[^\"]*|-Drelay.commit=${2-}|" "$1/bin/relay" >"$1/bin/relay.new"
cat "$1/bin/relay.new" >"$1/bin/relay"
rm "$1/bin/relay.new"
chmod -R u+w,go-w,a+rX "$share"
find "$share" "$1/bin" -exec env TZ=UTC touch -h -t 202501010000.00 {} +
