#!/bin/sh
# Links the Java runtime that the image brings along: the modules that relay needs, without what only developers use.
#
# usage: runtime.sh JDK TARGET
set -eu

jdk=$1 runtime=$2/runtime

rm -rf "$runtime"
"$jdk/bin/jlink" --add-modules "$(paste -s -d , "$(dirname "$0")/modules")" --output "$runtime" \
    --strip-debug --compress zip-6 --no-header-files --no-man-pages
rm -f "$runtime/bin/jwebserver" "$runtime/bin/keytool" "$runtime/lib/jrt-fs.jar"
# Symbols are of no use where no debugger is; macOS has another strip, and signs its binaries.
if [ "$(uname -s)" = Linux ] && command -v strip >/dev/null; then
    find "$runtime" -type f \( -name '*.so' -o -path '*/bin/*' -o -name jexec -o -name jspawnhelper \) \
        -exec strip --strip-unneeded {} +
fi
