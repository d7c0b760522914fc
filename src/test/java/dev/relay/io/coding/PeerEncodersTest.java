package dev.relay.io.coding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.support.Content;
import dev.relay.support.Programs;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** What the reference encoders make of all kinds of bytes, at every level and window, is decoded byte for byte. */
class PeerEncodersTest {
    private static final int LARGEST = 300_000;

    @TempDir
    private Path directory;

    @TestFactory
    Stream<DynamicTest> brotliAtEveryQualityAndWindow() {
        var settings = new ArrayList<List<String>>();
        for (int quality = 0; quality <= 11; quality++) {
            for (int window : new int[] {10, 12 + quality % 5, 18, 24}) {
                settings.add(List.of("--quality=" + quality, "--lgwin=" + window));
            }
        }
        return decoded("brotli", "br", settings);
    }

    @TestFactory
    Stream<DynamicTest> zstdAtEveryLevel() {
        var settings = new ArrayList<List<String>>();
        for (int level = 1; level <= 19; level++) {
            settings.add(List.of("-" + level, level % 2 == 0 ? "--no-check" : "--check"));
        }
        for (int fast = 1; fast <= 9; fast += 2) {
            settings.add(List.of("--fast=" + fast));
        }
        settings.add(List.of("-3", "--long=23"));
        return decoded("zstd", "zstd", settings);
    }

    private Stream<DynamicTest> decoded(String program, String coding, List<List<String>> settings) {
        return settings.stream()
                .map(setting -> DynamicTest.dynamicTest(String.join(" ", setting), () -> {
                    Path encoder = Programs.require(program);
                    for (Map.Entry<String, byte[]> original : originals().entrySet()) {
                        byte[] encoded = encoded(encoder, setting, original.getValue());
                        for (int size : new int[] {1 + encoded.length / 7, encoded.length}) {
                            var undone = Undone.of(coding, encoded, Math.max(1, size));
                            assertThat(undone.failure()).as(original.getKey()).isNull();
                            assertThat(undone.bytes()).as(original.getKey()).isEqualTo(original.getValue());
                        }
                    }
                }));
    }

    /** The reference encoder writes what it is told, from a file, to its standard output. */
    private byte[] encoded(Path encoder, List<String> setting, byte[] original)
            throws IOException, InterruptedException {
        Path from = Files.write(directory.resolve("original"), original);
        Path to = directory.resolve("encoded");
        var command = new ArrayList<String>(List.of(encoder.toString(), "-c"));
        command.addAll(setting);
        command.add(from.toString());
        Process process = new ProcessBuilder(command)
                .redirectOutput(to.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
        return Files.readAllBytes(to);
    }

    /** Text, compiled classes, noise, runs, next to nothing. */
    private static Map<String, byte[]> originals() throws IOException {
        var originals = new TreeMap<String, byte[]>();
        originals.put("nothing", new byte[0]);
        originals.put("a byte", new byte[] {42});
        originals.put("zeros", new byte[LARGEST]);
        originals.put("noise", Content.noise(5, 150_001).bytes());
        originals.put("text", joined(Path.of("src/main/java"), ".java"));
        originals.put("classes", joined(Path.of("target/classes"), ".class"));
        byte[] mixed = originals.get("text").clone();
        Content.noise(6, 70_000).copy(0, mixed, 70_000);
        originals.put("text after noise", mixed);
        return originals;
    }

    private static byte[] joined(Path below, String ending) throws IOException {
        var all = new ByteArrayOutputStream();
        try (Stream<Path> files = Files.walk(below)) {
            for (Path file : files.filter(path -> path.toString().endsWith(ending))
                    .sorted()
                    .toList()) {
                all.writeBytes(Files.readAllBytes(file));
                if (all.size() >= LARGEST) {
                    break;
                }
            }
        }
        return all.toByteArray();
    }
}
