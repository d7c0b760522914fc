#!/bin/sh
# Assembles the image: launcher, runtime, jars, then the AOT cache, trained by real exchanges with a local upstream.
#
# usage: image.sh JDK VERSION TARGET
set -eu

jdk=$1 version=$2 target=$3
here=$(dirname "$0")
image=$target/relay
work=$target/training

sha256() {
    if command -v sha256sum >/dev/null; then sha256sum; else shasum -a 256; fi
}

# The launcher and the training run are one template, so that their options cannot differ.
fill() { # NOTE CACHE CACHE_OPTION MAIN
    options=$(grep -v -e '^#' -e '^$' "$here/jvm.options" | sed "s/.*[*].*/'&'/" | tr '\n' ' ')
    # shellcheck disable=SC2016 # $lib is for the launcher
    class_path='$lib/relay.jar'
    for jar in "$image"/lib/*.jar; do
        [ "${jar##*/}" = relay.jar ] || class_path=$class_path:\$lib/${jar##*/}
    done
    sed -e "s|@NOTE@|$1|" -e "s|@CACHE@|$2|" -e "s|@CACHE_OPTION@|$3|" -e "s|@MAIN@|$4|" \
        -e "s|@OPTIONS@|${options% }|" -e "s|@CLASS_PATH@|$class_path|" "$here/launcher.sh"
}

# The cache remembers when the files were written; one fixed time lets it survive packing and unpacking.
settle() {
    chmod -R u+w,go-w,a+rX "$image"
    find "$image" -exec env TZ=UTC touch -h -t 202501010000.00 {} +
}

rm -rf "$image" "$work"
mkdir -p "$image/bin" "$image/lib" "$work/bin"
cp "$target/relay-$version.jar" "$image/lib/relay.jar"
cp "$target/relay-$version-picocli.jar" "$image/lib/picocli.jar"
cp "$target"/jars/*.jar "$image/lib/"
cp -R "$target/runtime" "$image/lib/runtime"
settle

content=$(cat "$image"/lib/*.jar "$image/lib/runtime/lib/modules" "$image/lib/runtime/release" "$here/jvm.options" | sha256)
cache=relay-$(printf %.16s "$content").aot
fill "edit src/dist/launcher.sh instead" "$cache" AOTCache dev.relay.Main >"$image/bin/relay"
chmod 755 "$image/bin/relay"

# The training run stands where the image's own launcher would, and ends with the cache written.
fill "the training run" "$cache" AOTCacheOutput dev.relay.training.Training |
    sed "s|^\[ -r .*||" >"$work/bin/train"
chmod 755 "$work/bin/train"
ln -s "../relay/lib" "$work/lib"

log=$work/log
# What this machine trusts, and where it keeps its settings, is not part of the lesson.
unset SSL_CERT_FILE SSL_CERT_DIR
export XDG_CONFIG_HOME=/nonexistent
# Its stdout is a pipe, as in most uses.
# shellcheck disable=SC2016 # $0 and $1 are for the inner shell
sh "$here/upstream.sh" "$jdk" "$target" sh -c '"$0" "$1" | cat >/dev/null' "$work/bin/train" "$work" >"$log" 2>&1 || true
if [ ! -f "$work/done" ] || [ ! -s "$image/lib/$cache" ]; then
    rm -f "$image/lib/$cache"
    cat "$log" >&2
    echo "relay: training the AOT cache failed" >&2
    exit 1
fi
settle
