package dev.relay.upstream;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.IDN;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Whether the public registers names below a domain (https://publicsuffix.org/list), for which no cookie may be set. The
 * system's list, which is kept up to date, is read when a cookie is to go to more than its host; where there is none, only
 * the best-known suffixes are known.
 */
final class PublicSuffixes implements Predicate<String> {
    private static final Path SYSTEM = Path.of("/usr/share/publicsuffix/public_suffix_list.dat");

    /** Registries that most hosts below two labels are in, and services that give their users names. */
    private static final Set<String> BEST_KNOWN = Set.of(
            "co.uk",
            "org.uk",
            "me.uk",
            "ltd.uk",
            "plc.uk",
            "net.uk",
            "sch.uk",
            "ac.uk",
            "gov.uk",
            "nhs.uk",
            "com.au",
            "net.au",
            "org.au",
            "edu.au",
            "gov.au",
            "id.au",
            "co.nz",
            "net.nz",
            "org.nz",
            "govt.nz",
            "ac.nz",
            "co.jp",
            "or.jp",
            "ne.jp",
            "ac.jp",
            "ad.jp",
            "ed.jp",
            "go.jp",
            "gr.jp",
            "lg.jp",
            "co.kr",
            "or.kr",
            "ne.kr",
            "re.kr",
            "go.kr",
            "ac.kr",
            "com.cn",
            "net.cn",
            "org.cn",
            "gov.cn",
            "edu.cn",
            "ac.cn",
            "com.tw",
            "org.tw",
            "net.tw",
            "com.hk",
            "org.hk",
            "com.sg",
            "org.sg",
            "com.my",
            "net.my",
            "co.in",
            "net.in",
            "org.in",
            "firm.in",
            "gen.in",
            "ind.in",
            "co.id",
            "or.id",
            "web.id",
            "co.th",
            "in.th",
            "com.ph",
            "com.vn",
            "com.pk",
            "com.bd",
            "com.np",
            "co.il",
            "org.il",
            "net.il",
            "com.sa",
            "co.ae",
            "com.tr",
            "net.tr",
            "org.tr",
            "gen.tr",
            "com.br",
            "net.br",
            "org.br",
            "gov.br",
            "edu.br",
            "com.ar",
            "net.ar",
            "org.ar",
            "com.mx",
            "org.mx",
            "net.mx",
            "com.co",
            "net.co",
            "com.pe",
            "com.ve",
            "com.uy",
            "com.ec",
            "co.za",
            "org.za",
            "net.za",
            "web.za",
            "co.ke",
            "or.ke",
            "com.ng",
            "com.gh",
            "com.eg",
            "com.ua",
            "net.ua",
            "org.ua",
            "kiev.ua",
            "com.pl",
            "net.pl",
            "org.pl",
            "co.at",
            "or.at",
            "com.pt",
            "com.es",
            "org.es",
            "nom.es",
            "com.gr",
            "co.hu",
            "com.ro",
            "com.fr",
            "asso.fr",
            "gouv.fr",
            "github.io",
            "githubusercontent.com",
            "gitlab.io",
            "pages.dev",
            "workers.dev",
            "web.app",
            "firebaseapp.com",
            "appspot.com",
            "blogspot.com",
            "herokuapp.com",
            "netlify.app",
            "vercel.app",
            "azurewebsites.net",
            "cloudapp.net",
            "cloudfront.net",
            "s3.amazonaws.com",
            "elasticbeanstalk.com",
            "readthedocs.io",
            "fly.dev",
            "onrender.com",
            "surge.sh",
            "glitch.me",
            "repl.co",
            "uk.com",
            "us.com",
            "eu.com",
            "de.com",
            "jpn.com",
            "gb.net",
            "eu.org",
            "duckdns.org",
            "dyndns.org",
            "ngrok.io");

    private final @Nullable Path list;
    private final Map<String, Boolean> known = new HashMap<>();

    PublicSuffixes() {
        this(Files.isReadable(SYSTEM) ? SYSTEM : null);
    }

    /** @param list null for the best-known suffixes alone */
    PublicSuffixes(@Nullable Path list) {
        this.list = list;
    }

    @Override
    public synchronized boolean test(String domain) {
        return known.computeIfAbsent(domain, this::isOne);
    }

    private boolean isOne(String domain) {
        String name = IDN.toUnicode(domain, IDN.ALLOW_UNASSIGNED);
        int dot = name.indexOf('.');
        if (dot < 0) {
            // The rule for what no rule is about: every top level is one.
            return true;
        }
        if (list == null) {
            return BEST_KNOWN.contains(name);
        }
        try {
            Set<String> found = found(list, Set.of(name, "!" + name, "*" + name.substring(dot)));
            return !found.contains("!" + name) && !found.isEmpty();
        } catch (IOException e) {
            // A list that cannot be read protects from nothing: a cookie for more than a host is then refused.
            return true;
        }
    }

    /** One pass over the list: keeping ten thousand rules for one question would not be worth it. */
    private static Set<String> found(Path list, Set<String> rules) throws IOException {
        var found = new HashSet<String>();
        try (BufferedReader lines = Files.newBufferedReader(list)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (rules.contains(line)) {
                    found.add(line);
                }
            }
        }
        return found;
    }
}
