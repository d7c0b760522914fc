package dev.relay.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import wiremock.com.fasterxml.jackson.databind.ObjectMapper;

/** The JSON writer against a parser that is not ours. */
class JsonTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "plain",
                "\"quoted\" \\ /",
                "\b\f\n\r\t\0\u001b\u007f\u009b",
                "\u202e\u2028 gr\u00fc\u00dfe \ud83d\ude00",
                "tag \udb40\udc41",
                "lone \ud800 surrogate"
            })
    void writesStringsThatReadBackAsTheyWere(String text) throws Exception {
        String json = new Json(",").open('[').text(text).close(']').toString();

        assertThat(new ObjectMapper().readTree(json).get(0).textValue()).isEqualTo(text);
        assertThat(json.codePoints().filter(Printable::isObeyed)).isEmpty();
    }

    @Test
    void putsTheCommasWhereTheyBelong() {
        var json = new Json(",\n").open('{');
        json.name("a").literal("1").name("b").text(null).name("c").open('[').close(']');
        json.name("d").open('[').text("x,[{:").text("y").close(']').name("e").open('{');
        json.name("f").literal("0.5").name("g").text("").close('}').close('}');

        assertThat(json.toString())
                .isEqualTo(
                        "{\"a\":1,\n\"b\":null,\n\"c\":[],\n\"d\":[\"x,[{:\",\"y\"],\n\"e\":{\"f\":0.5,\"g\":\"\"}}");
    }
}
