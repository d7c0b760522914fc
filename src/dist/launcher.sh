#!/bin/sh
# Starts relay on the runtime beside it. Made by the build: @NOTE@.
#
# No process is started on the way to `exec`, but one readlink for each symbolic link; `exec` keeps the process id, so
# that signals reach the program.

self=$0
while [ -h "$self" ]; do
    link=$(readlink -- "$self")
    case $link in
        /*) self=$link ;;
        *) self=${self%/*}/$link ;;
    esac
done
case $self in
    */*) home=${self%/*}/.. ;;
    *) home=.. ;;
esac
lib=$home/lib

# The runtime does not start in a directory that was removed, and says so at length.
[ -n "$PWD" ] || {
    echo "relay: cannot start: the working directory was removed" >&2
    exit 2
}

# The Java runtime says what it takes from these on stderr, and options for other programs are not meant for this one.
# What is meant for relay is in RELAY_JAVA_OPTS.
unset JAVA_TOOL_OPTIONS JDK_JAVA_OPTIONS _JAVA_OPTIONS JDK_AOT_VM_OPTIONS

# In the C locale, or in one that is not installed, the runtime would read file names and arguments as ASCII and lose
# every other byte. The program is told what the user has set.
locale=${LC_ALL:-${LC_CTYPE:-${LANG:-C}}}
case $locale in
    C | POSIX | *.[Uu][Tt][Ff]8 | *.[Uu][Tt][Ff]-8) export LC_ALL=C.UTF-8 ;;
esac

# A descriptor that is closed would be that of the first file which the runtime opens, and its bytes what -T - sends: it
# is opened the wrong way round instead, and whoever reads or writes it is told.
{ true 3<&0; } 2>/dev/null || exec 0>/dev/null
{ true 3>&1; } 2>/dev/null || exec 1</dev/null
{ true 3>&2; } 2>/dev/null || exec 2</dev/null

# Which of stdin, stdout and stderr are terminals: the shell can tell at no cost.
terminals=
[ -t 0 ] && terminals=0
[ -t 1 ] && terminals=${terminals}1
[ -t 2 ] && terminals=${terminals}2

# Named by the content of the jars, the runtime and the options: a cache that was made from others is never found.
cache=$lib/@CACHE@
[ -r "$cache" ] || cache=

# In a conversation each line is waited for: what it goes through is to be compiled as soon as usual.
eager=
[ "${1-}" != duplex ] || eager=-XX:CompileThresholdScaling=1

# shellcheck disable=SC2086 # RELAY_JAVA_OPTS is a list of words
exec "$lib/runtime/bin/java" @OPTIONS@ ${eager:+"$eager"} \
    ${cache:+"-XX:@CACHE_OPTION@=$cache"} ${RELAY_JAVA_OPTS-} \
    "-Drelay.terminals=$terminals" "-Drelay.locale=$locale" "-Drelay.commit=" -cp "@CLASS_PATH@" @MAIN@ "$@"
