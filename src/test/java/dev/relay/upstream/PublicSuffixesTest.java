package dev.relay.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which domains the public registers names below: by a list, its wildcards and exceptions, and without one. */
class PublicSuffixesTest {
    @TempDir
    Path directory;

    private Path list() throws Exception {
        return Files.writeString(directory.resolve("list"), """
                // a comment
                uk
                co.uk
                *.ck
                !www.ck
                公司.cn
                """);
    }

    @ParameterizedTest
    @CsvSource({
        "com,              true",
        "uk,               true",
        "unheardof,        true",
        "co.uk,            true",
        "example.co.uk,    false",
        "anything.ck,      true",
        "www.ck,           false",
        "a.anything.ck,    false",
        "xn--55qx5d.cn,    true",
        "a.xn--55qx5d.cn,  false",
        "example.com,      false",
    })
    void theListIsFollowed(String domain, boolean isOne) throws Exception {
        assertThat(new PublicSuffixes(list()).test(domain)).isEqualTo(isOne);
    }

    @ParameterizedTest
    @CsvSource({"com, true", "co.uk, true", "com.au, true", "github.io, true", "example.com, false", "a.co.uk, false"})
    void withoutAListTheBestKnownAreKnown(String domain, boolean isOne) {
        @Nullable Path none = null;
        assertThat(new PublicSuffixes(none).test(domain)).isEqualTo(isOne);
    }

    @ParameterizedTest
    @CsvSource({"example.com", "example.co.uk"})
    void aListThatCannotBeReadAllowsNothing(String domain) {
        assertThat(new PublicSuffixes(directory).test(domain)).isTrue();
    }
}
