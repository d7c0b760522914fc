package dev.relay.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.http.Headers.Field;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is shown in place of secrets. */
class RedactionTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Authorization       | Basic dXNlcjpwYXNz               | Basic (redacted)
            authorization       | Bearer abc.def                   | Bearer (redacted)
            Authorization       | justatoken                       | (redacted)
            Proxy-Authorization | Digest username="u", nonce="n"   | Digest (redacted)
            Cookie              | sid=1234                         | (redacted)
            Set-Cookie          | sid=1234; Secure                 | (redacted)
            X-Api-Key           | 1234                             | (redacted)
            X-Amz-Security-Token| 1234                             | (redacted)
            X-My-Secret         | 1234                             | (redacted)
            X-Session-Id        | 1234                             | (redacted)
            DB-Password         | 1234                             | (redacted)
            X-Credential        | 1234                             | (redacted)
            WWW-Authenticate    | Basic realm="files"              | Basic realm="files"
            Access-Control-Allow-Credentials | true                | true
            Content-Type        | text/plain                       | text/plain
            ETag                | "v1"                             | "v1"
            Location            | http://u:p@other.example/x@y     | http://other.example/x@y
            Location            | https://s3/x?X-Amz-Signature=ab  | https://s3/x?X-Amz-Signature=ab
            """)
    void showsAFieldWithoutItsSecret(String name, String value, String shown) {
        assertThat(Redaction.ofField(new Field(name, value))).isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            no URL at all: user@host                     | no URL at all: user@host
            http://user:pass@host/path                   | http://host/path
            cannot read http://u@h and https://a:b@c@d/x | cannot read http://h and https://d/x
            http://host/a@b?c=d@e                        | http://host/a@b?c=d@e
            http://host                                  | http://host
            http://u:p@                                  | http://
            """)
    void leavesTheCredentialsOutOfEveryUrl(String text, String shown) {
        assertThat(Redaction.ofText(text)).isEqualTo(shown);
    }
}
