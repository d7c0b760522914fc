# Java 25, found without starting a process where that can be: it says its version in its release file.
is_wanted() { # HOME
    [ -x "$1/bin/java" ] && [ -r "$1/release" ] || return 1
    while IFS= read -r line; do
        case $line in JAVA_VERSION=\"25[.\"]*) return 0 ;; esac
    done <"$1/release"
    return 1
}
java=
on_path=$(command -v java) && on_path=$(readlink -f -- "$on_path") || on_path=
for candidate in "${RELAY_JAVA_HOME-}" "${JAVA_HOME-}" "${on_path%/bin/java}" /usr/lib/jvm/* /opt/java/* /opt/jdk* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home; do
    if [ -n "$candidate" ] && is_wanted "$candidate"; then
        java=$candidate/bin/java
        break
    fi
done
[ -n "$java" ] || {
    echo "relay: cannot start: no Java 25 found: RELAY_JAVA_HOME or JAVA_HOME names one" >&2
    exit 2
}

