package dev.relay.plan;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which hosts no proxy is asked for: as curl 7.86 and later read the list. */
class BypassTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        example.com           | example.com       | true
        example.com           | www.example.com   | true
        example.com           | nonexample.com    | false
        example.com           | example.com.evil  | false
        .example.com          | example.com       | true
        .example.com          | www.example.com   | true
        example.com.          | example.com       | true
        example.com           | example.com.      | true
        EXAMPLE.com           | www.example.com   | true
        a.test,b.test         | b.test            | true
        a.test b.test         | b.test            | true
        ' a.test ,, b.test '  | b.test            | true
        a.test,b.test         | c.test            | false
        *                     | anything.test     | true
        *                     | 10.1.2.3          | true
        *,a.test              | b.test            | false
        *.a.test              | b.a.test          | false
        127.0.0.1             | 127.0.0.1         | true
        127.0.0.1             | 127.0.0.2         | false
        10.0.0.0/8            | 10.200.3.4        | true
        10.0.0.0/8            | 11.0.0.1          | false
        192.168.4.0/22        | 192.168.7.255     | true
        192.168.4.0/22        | 192.168.8.0       | false
        10.1.2.3/32           | 10.1.2.3          | true
        10.1.2.3/0            | 10.1.2.4          | false
        10.1.2.3/33           | 10.1.2.3          | false
        10.1.2.3/x            | 10.1.2.3          | false
        10                    | 10.1.2.3          | false
        2.3                   | 10.1.2.3          | false
        ::1                   | ::1               | true
        [::1]                 | ::1               | true
        fe80::/10             | fe80::1           | true
        fe80::/10             | fe80::1%eth0      | true
        fe80::/10             | ff80::1           | false
        2001:db8::/32         | 2001:db8:1::5     | true
        10.0.0.0/8            | ::ffff            | false
        10.0.0.0/8            | ten.test          | false
        ''                    | a.test            | false
        .                     | a.test            | false
        """)
    void coversWhatCurlWouldCover(String list, String host, boolean covered) {
        assertThat(Bypass.of(list).covers(host)).isEqualTo(covered);
    }
}
