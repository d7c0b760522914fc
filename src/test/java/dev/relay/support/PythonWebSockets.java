package dev.relay.support;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** A WebSocket server that nobody here has written: Python's websockets, sending back what it gets. */
public final class PythonWebSockets implements AutoCloseable {
    private static final String SERVER = """
            import asyncio, ssl, sys, websockets

            async def serve(socket):
                path = socket.path if hasattr(socket, "path") else socket.request.path
                if path == "/fragments":
                    await socket.send(["one ", "message ", "in pieces"])
                if path == "/goodbye":
                    await socket.close(4000, "enough")
                async for message in socket:
                    await socket.send(message)

            async def main():
                context = None
                if len(sys.argv) > 1:
                    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
                    context.load_cert_chain(sys.argv[1], sys.argv[2])
                server = await websockets.serve(
                    serve, "127.0.0.1", 0, ssl=context, subprotocols=["chat"], max_size=None, max_queue=4)
                print(server.sockets[0].getsockname()[1], flush=True)
                await asyncio.Future()

            asyncio.run(main())
            """;

    private final Process process;
    private final int port;

    private PythonWebSockets(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /**
     * Starts it; a test on a machine without it is skipped and says why.
     *
     * @param identity the files of a certificate and its key, for TLS; none in clear
     */
    public static PythonWebSockets start(Path directory, Path... identity) throws Exception {
        String python = python();
        Path script = Files.writeString(directory.resolve("server.py"), SERVER);
        var command = new ArrayList<>(List.of(python, script.toString()));
        for (Path file : identity) {
            command.add(file.toString());
        }
        Process process = new ProcessBuilder(command)
                .redirectError(directory.resolve("server.log").toFile())
                .start();
        var out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String line = out.readLine();
        if (line == null) {
            throw new IOException("it does not start:\n" + Files.readString(directory.resolve("server.log")));
        }
        return new PythonWebSockets(process, Integer.parseInt(line));
    }

    /** Debian's own Python has Debian's packages; another one that comes first may not. */
    private static String python() throws IOException, InterruptedException {
        for (String python :
                List.of("/usr/bin/python3", Programs.require("python3").toString())) {
            if (Files.isExecutable(Path.of(python))) {
                Process process = new ProcessBuilder(python, "-c", "import websockets")
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
                if (process.waitFor(30, TimeUnit.SECONDS) && process.exitValue() == 0) {
                    return python;
                }
            }
        }
        Assumptions.abort("needs python3-websockets, which is not installed");
        return "";
    }

    public int port() {
        return port;
    }

    public String url(String scheme) {
        return scheme + "://localhost:" + port + "/";
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
