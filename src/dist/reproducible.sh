#!/bin/sh
# Builds the last commit twice, in two new directories, and compares the jars byte for byte.
#
# usage: JAVA_HOME=… reproducible.sh VERSION
set -eu

version=$1
work=$(mktemp -d "${TMPDIR:-/tmp}/relay-reproducible.XXXXXX")
trap 'rm -rf "$work"' EXIT

for place in one "another one"; do
    mkdir "$work/$place"
    git archive HEAD | tar -xf - -C "$work/$place"
    echo "building in $work/$place"
    (cd "$work/$place" && MAVEN_OPTS="-Djansi.noreset=true ${MAVEN_OPTS-}" mvn --quiet --batch-mode package -Dmaven.test.skip=true)
done
for jar in "relay-$version.jar" "relay-$version-picocli.jar"; do
    cmp "$work/one/target/$jar" "$work/another one/target/$jar"
    echo "the same: $jar"
done
