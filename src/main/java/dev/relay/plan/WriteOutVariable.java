package dev.relay.plan;

import org.jspecify.annotations.Nullable;

/**
 * The variables of {@code --write-out} and of the report: the one list that the program and the manual share. The names
 * are curl's where curl has one for the same thing; what this transport cannot know has no place here.
 */
public enum WriteOutVariable {
    CONTENT_TYPE("content_type", Unit.TEXT, "the Content-Type of the response"),
    ERRORMSG("errormsg", Unit.TEXT, "the error line without its first word; empty when all went well"),
    EXITCODE("exitcode", Unit.COUNT, "the exit code"),
    FILENAME_EFFECTIVE("filename_effective", Unit.TEXT, "the file that the body was written to"),
    HEADER_JSON("header_json", Unit.DIRECTIVE, "the fields of the last response as a JSON object, secrets redacted"),
    HTTP_CODE("http_code", Unit.STATUS, "the status code of the last response; 000 without one"),
    HTTP_VERSION("http_version", Unit.TEXT, "the HTTP version of the last response: 1.1 or 2; 0 without one"),
    JSON("json", Unit.DIRECTIVE, "all variables as a JSON object"),
    METHOD("method", Unit.TEXT, "the method of the last request"),
    NUM_CONNECTS("num_connects", Unit.COUNT, "how many connections were made"),
    NUM_HEADERS("num_headers", Unit.COUNT, "how many header fields the last response had"),
    NUM_REDIRECTS("num_redirects", Unit.COUNT, "how many redirects were followed"),
    NUM_RESUMES("num_resumes", Unit.COUNT, "how often the body was continued where it broke"),
    NUM_RETRIES("num_retries", Unit.COUNT, "how often a request was sent again before its body began"),
    NUM_SEGMENTS("num_segments", Unit.COUNT, "in how many ranges the body was fetched; 1 without --parallel"),
    ONERROR("onerror", Unit.DIRECTIVE, "what follows is printed only when the run failed"),
    REDIRECT_URL("redirect_url", Unit.TEXT, "where a redirect that was not followed leads"),
    REMOTE_IP("remote_ip", Unit.TEXT, "the address that the last connection went to"),
    REMOTE_PORT("remote_port", Unit.COUNT, "the port that the last connection went to"),
    RESPONSE_CODE("response_code", Unit.STATUS, "the same as http_code"),
    SCHEME("scheme", Unit.TEXT, "the scheme of the last URL, in lower case"),
    SIZE_DOWNLOAD("size_download", Unit.BYTES, "the body as it came from the server"),
    SIZE_HEADER("size_header", Unit.BYTES, "all response heads, as --include prints them"),
    SIZE_UPLOAD("size_upload", Unit.BYTES, "the request body"),
    SPEED_DOWNLOAD("speed_download", Unit.BYTES_PER_SECOND, "size_download by time_total"),
    SPEED_UPLOAD("speed_upload", Unit.BYTES_PER_SECOND, "size_upload by time_total"),
    SSL_VERIFY_RESULT("ssl_verify_result", Unit.COUNT, "1 when the server's certificate was refused, else 0"),
    STDERR("stderr", Unit.DIRECTIVE, "what follows goes to standard error"),
    STDOUT("stdout", Unit.DIRECTIVE, "what follows goes to standard output"),
    TIME_APPCONNECT("time_appconnect", Unit.SECONDS, "until the TLS handshake was done; 0 without TLS"),
    TIME_CONNECT("time_connect", Unit.SECONDS, "until the connection stood, its TLS handshake included"),
    TIME_NAMELOOKUP("time_namelookup", Unit.SECONDS, "until the name was looked up"),
    TIME_PRETRANSFER("time_pretransfer", Unit.SECONDS, "until the request was about to be sent"),
    TIME_REDIRECT("time_redirect", Unit.SECONDS, "until the last request of a chain of redirects began"),
    TIME_STARTTRANSFER("time_starttransfer", Unit.SECONDS, "until the head of the response had arrived"),
    TIME_TOTAL("time_total", Unit.SECONDS, "the whole run"),
    URL("url", Unit.TEXT, "the URL that was asked for, without credentials"),
    URL_HOST("url.host", Unit.TEXT, "its host"),
    URL_PATH("url.path", Unit.TEXT, "its path"),
    URL_PORT("url.port", Unit.COUNT, "its port"),
    URL_QUERY("url.query", Unit.TEXT, "its query"),
    URL_SCHEME("url.scheme", Unit.TEXT, "its scheme"),
    URL_EFFECTIVE("url_effective", Unit.TEXT, "the URL of the last request, without credentials"),
    URLE_HOST("urle.host", Unit.TEXT, "its host"),
    URLE_PATH("urle.path", Unit.TEXT, "its path"),
    URLE_PORT("urle.port", Unit.COUNT, "its port"),
    URLE_QUERY("urle.query", Unit.TEXT, "its query"),
    URLE_SCHEME("urle.scheme", Unit.TEXT, "its scheme"),
    VALIDATOR(
            "validator",
            Unit.TEXT,
            "what names the state of the resource byte for byte: a strong ETag, or a Last-Modified that is strong (RFC"
                    + " 9110 section 8.8)");

    /** What the value of a variable counts. */
    public enum Unit {
        TEXT("text"),
        COUNT("number"),
        STATUS("three digits"),
        BYTES("bytes"),
        BYTES_PER_SECOND("bytes a second"),
        SECONDS("seconds, with six decimals"),
        /** No value: it changes what follows, or prints several values. */
        DIRECTIVE("");

        private final String label;

        Unit(String label) {
            this.label = label;
        }

        /** The unit in words. */
        public String label() {
            return label;
        }
    }

    private final String spelling;
    private final Unit unit;
    private final String meaning;

    WriteOutVariable(String spelling, Unit unit, String meaning) {
        this.spelling = spelling;
        this.unit = unit;
        this.meaning = meaning;
    }

    /** The name as it stands in a format, between the braces. */
    public String spelling() {
        return spelling;
    }

    public Unit unit() {
        return unit;
    }

    /** What it tells, in a few words without a full stop. */
    public String meaning() {
        return meaning;
    }

    /** The variable of that name; null when there is none. Case does not count, as in curl. */
    public static @Nullable WriteOutVariable named(String spelling) {
        for (WriteOutVariable variable : values()) {
            if (variable.spelling.equalsIgnoreCase(spelling)) {
                return variable;
            }
        }
        return null;
    }
}
