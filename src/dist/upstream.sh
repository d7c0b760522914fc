#!/bin/sh
# Runs a command beside a local upstream, which it finds at $UPSTREAM_HTTP and $UPSTREAM_HTTPS (trust: $UPSTREAM_CA).
#
# usage: upstream.sh JDK TARGET COMMAND [ARGUMENT…]
set -eu

jdk=$1 target=$2
shift 2
store=$target/upstream/localhost.p12
certificate=$target/upstream/localhost.pem
password=localhost

if [ ! -f "$certificate" ]; then
    rm -f "$store"
    "$jdk/bin/keytool" -genkeypair -keyalg EC -groupname secp256r1 -validity 3650 -alias localhost \
        -dname CN=localhost -ext san=dns:localhost,ip:127.0.0.1 \
        -storetype PKCS12 -keystore "$store" -storepass "$password" 2>/dev/null
    "$jdk/bin/keytool" -exportcert -rfc -alias localhost -keystore "$store" -storepass "$password" \
        -file "$certificate" 2>/dev/null
fi

exec "$jdk/bin/java" -XX:+UseSerialGC -cp "$target/upstream/wiremock-standalone.jar" \
    src/bench/java/dev/relay/bench/LocalUpstream.java "$store" "$password" "$certificate" "$@"
