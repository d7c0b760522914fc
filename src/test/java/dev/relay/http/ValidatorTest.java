package dev.relay.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ValidatorTest {
    private static final String DATE = "Thu, 20 Nov 2025 16:00:00 GMT";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            nullValues = "-",
            value = {
                "\"v1\"|-|-|\"v1\"",
                "\"\"|-|-|\"\"",
                "W/\"v1\"|-|-|-",
                "v1|-|-|-",
                "\"v1|-|-|-",
                "\"|-|-|-",
                "\"a\"b\"|-|-|-",
                "\"a b\"|-|-|-",
                "-|Thu, 20 Nov 2025 15:59:00 GMT|" + DATE + "|Thu, 20 Nov 2025 15:59:00 GMT",
                "-|Thu, 20 Nov 2025 15:59:01 GMT|" + DATE + "|-",
                "-|Thu, 20 Nov 2025 17:00:00 GMT|" + DATE + "|-",
                "-|Thu, 20 Nov 2025 15:00:00 GMT|-|-",
                "-|yesterday|" + DATE + "|-",
                "W/\"v1\"|Thu, 20 Nov 2025 15:00:00 GMT|" + DATE + "|-",
                "-|-|" + DATE + "|-",
            })
    void isStrongOnlyWhenItNamesTheBytes(String etag, String modified, String date, String strong) {
        var fields = new ArrayList<Headers.Field>();
        add(fields, "ETag", etag);
        add(fields, "Last-Modified", modified);
        add(fields, "Date", date);
        assertThat(Validator.strong(new Headers(fields))
                        .map(Validator::fieldValue)
                        .orElse(null))
                .isEqualTo(strong);
    }

    private static void add(List<Headers.Field> fields, String name, String value) {
        if (value != null) {
            fields.add(new Headers.Field(name, value));
        }
    }
}
