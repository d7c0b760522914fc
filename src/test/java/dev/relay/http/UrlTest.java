package dev.relay.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.outcome.ExitCode;
import dev.relay.outcome.FaultException;
import java.net.URI;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UrlTest {

    @ParameterizedTest
    @CsvSource({
        "http://example.com, http://example.com/",
        "HTTP://Example.COM/A/b, http://example.com/A/b",
        "https://example.com:443/, https://example.com/",
        "https://example.com:80/, https://example.com:80/",
        "http://example.com:/x, http://example.com/x",
        "http://example.com:008080/x, http://example.com:8080/x",
        "http://example.com?q=1, http://example.com/?q=1",
        "http://example.com/?, http://example.com/?",
        "http://example.com#top, http://example.com/",
        "http://example.com/a?b#c?d, http://example.com/a?b",
        "http://example.com/a/./b/../c, http://example.com/a/c",
        "http://example.com/../../a, http://example.com/a",
        "http://example.com/a/.., http://example.com/",
        "http://example.com/a/b/., http://example.com/a/b/",
        "http://example.com/a/..../.b/c.., http://example.com/a/..../.b/c..",
        "http://example.com/%2e%2e/%2Fa, http://example.com/%2e%2e/%2Fa",
        "http://example.com//a///b, http://example.com//a///b",
        "http://example.com./, http://example.com./",
        "http://my_service:8080/, http://my_service:8080/",
    })
    void isNormalisedWithoutChangingWhatItNames(String typed, String normal) throws Exception {
        assertThat(Url.parse(typed)).hasToString(normal);
    }

    @ParameterizedTest
    @CsvSource({
        "localhost, http://localhost/",
        "localhost:8080/x, http://localhost:8080/x",
        "LOCALHOST., http://localhost./",
        "api.localhost/x, http://api.localhost/x",
        "127.0.0.1:80/x?y, http://127.0.0.1/x?y",
        "127.9.8.7, http://127.9.8.7/",
        "[::1]:9000, http://[::1]:9000/",
        "[0:0:0:0:0:0:0:1]/a, http://[::1]/a",
        "//localhost/a, http://localhost/a",
        "127.example.com, https://127.example.com/",
        "localhost.example.com, https://localhost.example.com/",
        "notlocalhost:8080, https://notlocalhost:8080/",
        "example.com, https://example.com/",
        "example.com:8080?a=http://b, https://example.com:8080/?a=http://b",
        "//example.com/a, https://example.com/a",
        "10.0.0.1/, https://10.0.0.1/",
        "[2001:DB8::1]/, https://[2001:db8::1]/",
        "user:secret@example.com/x, https://example.com/x",
    })
    void withoutASchemeIsHttpForThisMachineAndHttpsForOthers(String typed, String normal) throws Exception {
        assertThat(Url.parse(typed)).hasToString(normal);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '~',
            value = {
                "http://h/a\"b<c>d\\e^f`g{h|i}, http://h/a%22b%3Cc%3Ed%5Ce%5Ef%60g%7Bh%7Ci%7D",
                "http://h/?a\"b<c>d\\e^f`g{h|i}, http://h/?a%22b%3Cc%3Ed%5Ce%5Ef%60g%7Bh%7Ci%7D",
                "http://h/[1]?x[]=[2], http://h/%5B1%5D?x%5B%5D=%5B2%5D",
                "http://h/100%, http://h/100%25",
                "http://h/%zz%4, http://h/%25zz%254",
                "http://h/%e9%C3%A9, http://h/%e9%C3%A9",
                "http://h/\u00E9\u20AC\uD83D\uDE00, http://h/%C3%A9%E2%82%AC%F0%9F%98%80",
                "http://h/?q=\u00E9, http://h/?q=%C3%A9",
                "http://h/\uD800x, http://h/%EF%BF%BDx",
                "http://h/a;b=c/d~e!$&'()*+:@, http://h/a;b=c/d~e!$&'()*+:@",
                "http://h/?a/b?c, http://h/?a/b?c",
                "http://h/\u00A0\u3000, http://h/%C2%A0%E3%80%80",
            })
    void encodesWhatAUriMayNotHold(String typed, String encoded) throws Exception {
        assertThat(Url.parse(typed)).hasToString(encoded);
        assertThat(URI.create(encoded)).isNotNull();
    }

    @ParameterizedTest
    @CsvSource({
        "http://b\u00FCcher.example/, http://xn--bcher-kva.example/",
        "http://B\u00DCCHER.example/, http://xn--bcher-kva.example/",
        "http://\u4F8B\u3048.jp/, http://xn--r8jz45g.jp/",
        "http://example\u3002com/, http://example.com/",
        "http://\uFF45xample.com/, http://example.com/",
        "http://127.1/, http://127.0.0.1/",
        "http://0x7f.1/, http://127.0.0.1/",
        "http://0x7F000001/, http://127.0.0.1/",
        "http://2130706433/, http://127.0.0.1/",
        "http://010.1.2.3/, http://8.1.2.3/",
        "http://1.2.772/, http://1.2.3.4/",
        "http://127.0.0.1./, http://127.0.0.1/",
        "http://\uFF11\uFF12\uFF17.1/, http://127.0.0.1/",
        "http://[::FFFF:1.2.3.4]/, http://[::ffff:102:304]/",
        "http://[1:2:3:4:5:6:7:8]/, http://[1:2:3:4:5:6:7:8]/",
        "http://[1:0:0:2::3]/, http://[1:0:0:2::3]/",
        "http://[1:0:2:0:0:0:0:3]/, http://[1:0:2::3]/",
        "http://[1::]/, http://[1::]/",
        "http://[::]/, http://[::]/",
        "http://[fe80::1%25eth0]/, http://[fe80::1%eth0]/",
        "http://[fe80::1%2]:81/, http://[fe80::1%2]:81/",
    })
    void hasOneFormForOneHost(String typed, String normal) throws Exception {
        assertThat(Url.parse(typed)).hasToString(normal);
        assertThat(Url.parse(typed).uri().getHost()).isEqualTo(Url.parse(typed).host());
    }

    @ParameterizedTest
    @CsvSource({
        "http://user:secret@h/, user:secret",
        "http://user@h/, user:",
        "http://us%40er:p%3Ass%2F@h/, us@er:p:ss/",
        "http://a@b:c@h/, a@b:c",
        "http://u:%C3%A9@h/, u:\u00E9",
        "http://u:%zz@h/, u:%zz",
    })
    void keepsCredentialsApartAndUnseen(String typed, String userInfo) throws Exception {
        Url url = Url.parse(typed);
        assertThat(url.userInfo()).isEqualTo(new Secret(userInfo));
        assertThat(url).hasToString("http://h/");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://@h/", "http://h/@x", "http://h/?a@b"})
    void hasNoCredentialsWithoutAnyBeforeTheHost(String typed) throws Exception {
        assertThat(Url.parse(typed).userInfo()).isNull();
        assertThat(Url.parse(typed).host()).isEqualTo("h");
    }

    @Test
    void anyTextIsReadOrRefusedInOrder() {
        String alphabet =
                "aZ09.-_~:/?#[]@!$&'()*+,;=%\\\"<>^`{|} \t\n\u0000\u007F\u00E9\u0661\u200D\u3002\uFF0E\uD83D\uDE00";
        var random = new Random(20251120);
        for (int round = 0; round < 20_000; round++) {
            var text =
                    new StringBuilder(new String[] {"", "http://", "https://h", "http://[", "//", "a:b@"}[round % 6]);
            for (int length = random.nextInt(12); length > 0; length--) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            checkInOrder(text.toString());
        }
    }

    private static void checkInOrder(String text) {
        try {
            Url url = Url.parse(text);
            assertThat(url.uri().getRawPath()).startsWith("/");
            assertThat(Url.parse(url.toString())).isEqualTo(url.withoutUserInfo());
            assertThat(url.resolve(text).uri()).isNotNull();
        } catch (FaultException e) {
            assertThat(e.fault().code()).isIn(ExitCode.MALFORMED_URL, ExitCode.UNSUPPORTED_SCHEME);
        }
    }
}
