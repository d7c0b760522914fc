package dev.relay.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.relay.http.Head;
import dev.relay.http.Headers;
import dev.relay.http.Url;
import dev.relay.outcome.ExitCode;
import dev.relay.outcome.FaultException;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FramingTest {

    @ParameterizedTest
    @CsvSource({
        "'Content-Length: 5', 5",
        "'Content-Length: 0', 0",
        "'Content-Length: 5|content-length: 5', 5",
        "'Content-Length: 05', 5",
        "'Transfer-Encoding: chunked', -1",
        "'transfer-encoding: Chunked', -1",
        "'', -1"
    })
    void knowsTheLengthThatTheHeadPromises(String fields, long length) throws Exception {
        assertThat(Framing.length(head(200, fields), false, Url.parse("http://a.test/")))
                .isEqualTo(length);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 5|Transfer-Encoding: chunked",
                "Content-Length: 5|Content-Length: 6",
                "Content-Length: -1",
                "Content-Length: +5",
                "Content-Length: 5 6",
                "Content-Length: ",
                "Content-Length: 99999999999999999999",
                "Transfer-Encoding: gzip",
                "Transfer-Encoding: gzip, chunked",
                "Transfer-Encoding: chunked|Transfer-Encoding: chunked"
            })
    void refusesAHeadThatContradictsItself(String fields) throws Exception {
        Url url = Url.parse("http://a.test/");
        assertThatThrownBy(() -> Framing.length(head(200, fields), false, url))
                .isInstanceOfSatisfying(
                        FaultException.class, e -> assertThat(e.fault().code()).isEqualTo(ExitCode.RECEIVING_FAILED));
    }

    @Test
    void expectsNoBodyWhereThereIsNone() throws Exception {
        Url url = Url.parse("http://a.test/");
        assertThat(Framing.length(head(304, "Content-Length: 5"), false, url)).isZero();
        assertThat(Framing.length(head(204, ""), false, url)).isZero();
        assertThat(Framing.length(head(200, "Content-Length: 5"), true, url)).isZero();
    }

    private static Head head(int status, String fields) {
        var list = new ArrayList<Headers.Field>();
        for (String field : fields.split("\\|", -1)) {
            int colon = field.indexOf(':');
            if (colon > 0) {
                list.add(new Headers.Field(
                        field.substring(0, colon), field.substring(colon + 1).trim()));
            }
        }
        return new Head("HTTP/1.1", status, new Headers(list));
    }
}
