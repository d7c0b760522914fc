package dev.relay.support;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import wiremock.org.apache.hc.core5.http.Header;
import wiremock.org.apache.hc.core5.http2.hpack.HPackDecoder;
import wiremock.org.apache.hc.core5.http2.hpack.HPackException;

/** HTTP/2 on one connection, frame by frame: this thread reads, and a thread for each stream answers. */
final class Http2Conversation {
    private static final int PREFACE_LENGTH = 24;
    private static final int INITIAL_WINDOW_SIZE = 4;

    private final Reception reception;
    private final Function<RecordedRequest, Answer> script;
    private final Wire wire;
    private final DataInputStream in;
    private final HPackDecoder decoder = new HPackDecoder(4096, StandardCharsets.ISO_8859_1);
    private final ByteArrayOutputStream headerBlock = new ByteArrayOutputStream();
    private final Map<Integer, Http2Stream> streams = new HashMap<>();
    private final Http2Windows windows = new Http2Windows();

    Http2Conversation(Reception reception, Function<RecordedRequest, Answer> script, Wire wire) {
        this.reception = reception;
        this.script = script;
        this.wire = wire;
        this.in = new DataInputStream(wire.in());
    }

    /** Holds it from the client's preface on. */
    void hold() throws IOException {
        write(new Http2Frame(Http2Frame.SETTINGS, 0, 0));
        listen();
    }

    private void listen() throws IOException {
        try {
            in.skipNBytes(PREFACE_LENGTH);
            while (true) {
                take(Http2Frame.read(in));
            }
        } catch (HPackException e) {
            throw new IOException(e);
        } finally {
            wire.left();
            windows.close();
            streams.values().forEach(stream -> {
                stream.request().ended(true);
                stream.request().abandoned();
            });
        }
    }

    /** Holds it after an HTTP/1.1 request that asked for it (RFC 7540 §3.2), which becomes stream 1. */
    void holdUpgraded(RecordedRequest request) throws IOException {
        wire.out()
                .write("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n"
                        .getBytes(StandardCharsets.US_ASCII));
        write(new Http2Frame(Http2Frame.SETTINGS, 0, 0));
        open(1, request);
        listen();
    }

    private void take(Http2Frame frame) throws IOException, HPackException {
        ByteBuffer payload = frame.payload();
        switch (frame.type()) {
            case Http2Frame.HEADERS, Http2Frame.CONTINUATION -> headers(frame, payload);
            case Http2Frame.DATA -> data(frame, payload);
            case Http2Frame.SETTINGS -> settings(frame, payload);
            case Http2Frame.PING -> {
                if (!frame.has(Http2Frame.ACK)) {
                    write(frame.acknowledgement());
                }
            }
            case Http2Frame.WINDOW_UPDATE -> windows.widen(frame.stream(), payload.getInt());
            case Http2Frame.RST_STREAM -> {
                Http2Stream stream = streams.get(frame.stream());
                if (stream != null) {
                    windows.close(frame.stream());
                    stream.request().ended(true);
                    stream.request().abandoned();
                }
            }
            default -> {
                // Goodbyes, priorities and what else there may be change nothing here.
            }
        }
    }

    private void headers(Http2Frame frame, ByteBuffer payload) throws HPackException {
        while (payload.hasRemaining()) {
            headerBlock.write(payload.get());
        }
        if (frame.has(Http2Frame.END_HEADERS)) {
            byte[] block = headerBlock.toByteArray();
            headerBlock.reset();
            List<? extends Header> fields = decoder.decodeHeaders(ByteBuffer.wrap(block));
            Http2Stream known = streams.get(frame.stream());
            if (known == null) {
                open(frame.stream(), request(block, fields));
            }
        }
        if (frame.has(Http2Frame.END_STREAM)) {
            requestOn(frame).ended(false);
        }
    }

    private RecordedRequest requestOn(Http2Frame frame) {
        Http2Stream stream = streams.get(frame.stream());
        if (stream == null) {
            throw new IllegalStateException("a frame on stream " + frame.stream() + ", which is not open");
        }
        return stream.request();
    }

    private RecordedRequest request(byte[] block, List<? extends Header> fields) {
        var pseudo = new HashMap<String, String>();
        var lines = new ArrayList<String>();
        for (Header field : fields) {
            if (field.getName().startsWith(":")) {
                pseudo.put(field.getName(), field.getValue());
            } else {
                lines.add(field.getName() + ": " + field.getValue());
            }
        }
        lines.addFirst("host: " + pseudo.get(":authority"));
        return reception.record(wire, block, pseudo.get(":method") + " " + pseudo.get(":path") + " HTTP/2", lines);
    }

    private void open(int id, RecordedRequest request) {
        var stream = new Http2Stream(id, request, this, windows, wire);
        streams.put(id, stream);
        windows.open(id);
        reception.start("stream " + id + " on connection " + wire.number(), () -> stream.answer(script, reception));
    }

    private void data(Http2Frame frame, ByteBuffer payload) throws IOException {
        byte[] bytes = new byte[payload.remaining()];
        payload.get(bytes);
        RecordedRequest request = requestOn(frame);
        request.received(bytes, 0, bytes.length);
        if (frame.has(Http2Frame.END_STREAM)) {
            request.ended(false);
        } else if (frame.size() > 0) {
            write(Http2Frame.of(Http2Frame.WINDOW_UPDATE, frame.stream(), frame.size()));
        }
        if (frame.size() > 0) {
            write(Http2Frame.of(Http2Frame.WINDOW_UPDATE, 0, frame.size()));
        }
    }

    private void settings(Http2Frame frame, ByteBuffer payload) throws IOException {
        if (frame.has(Http2Frame.ACK)) {
            return;
        }
        while (payload.hasRemaining()) {
            int setting = payload.getShort();
            int value = payload.getInt();
            if (setting == INITIAL_WINDOW_SIZE) {
                windows.initial(value);
            }
        }
        write(new Http2Frame(Http2Frame.SETTINGS, Http2Frame.ACK, 0));
    }

    /** Sends a frame, whole, whoever else is sending. */
    void write(Http2Frame frame) throws IOException {
        synchronized (wire) {
            frame.write(wire.out());
            wire.out().flush();
        }
    }
}
