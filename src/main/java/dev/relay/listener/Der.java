package dev.relay.listener;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Writes the few forms of DER (X.690) that a certificate has. */
final class Der {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter SHORT_TIME =
            DateTimeFormatter.ofPattern("yyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);
    /** From 2050 on, a time has all four digits of its year (RFC 5280 §4.1.2.5). */
    private static final Instant LONG_TIMES = Instant.parse("2050-01-01T00:00:00Z");

    private Der() {}

    static byte[] tagged(int tag, byte[]... parts) {
        var content = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            content.writeBytes(part);
        }
        var element = new ByteArrayOutputStream();
        element.write(tag);
        int length = content.size();
        if (length >= 0x80) {
            int bytes = (39 - Integer.numberOfLeadingZeros(length)) / 8;
            element.write(0x80 | bytes);
            for (int shift = 8 * (bytes - 1); shift > 0; shift -= 8) {
                element.write(length >> shift);
            }
        }
        element.write(length);
        element.writeBytes(content.toByteArray());
        return element.toByteArray();
    }

    static byte[] sequence(byte[]... parts) {
        return tagged(0x30, parts);
    }

    static byte[] set(byte[]... parts) {
        return tagged(0x31, parts);
    }

    static byte[] integer(BigInteger value) {
        return tagged(0x02, value.toByteArray());
    }

    static byte[] octets(byte[] bytes) {
        return tagged(0x04, bytes);
    }

    /** Whole bytes as a string of bits. */
    static byte[] bits(byte[] bytes) {
        return tagged(0x03, new byte[] {0}, bytes);
    }

    static byte[] text(String utf8) {
        return tagged(0x0c, utf8.getBytes(StandardCharsets.UTF_8));
    }

    static byte[] time(Instant moment) {
        boolean isLong = !moment.isBefore(LONG_TIMES);
        String text = (isLong ? TIME : SHORT_TIME).format(moment);
        return tagged(isLong ? 0x18 : 0x17, text.getBytes(StandardCharsets.US_ASCII));
    }

    /** An object identifier, its first two arcs as one number: {@code 40 * first + second}. */
    static byte[] oid(int... arcs) {
        var content = new ByteArrayOutputStream();
        for (int arc : arcs) {
            int digits = Math.max(1, (38 - Integer.numberOfLeadingZeros(arc)) / 7);
            for (int shift = 7 * (digits - 1); shift > 0; shift -= 7) {
                content.write(0x80 | (arc >> shift & 0x7f));
            }
            content.write(arc & 0x7f);
        }
        return tagged(0x06, content.toByteArray());
    }
}
