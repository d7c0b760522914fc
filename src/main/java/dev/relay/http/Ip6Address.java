package dev.relay.http;

/** IPv6 addresses, checked and written as RFC 5952 has them; a zone is kept, with a bare percent sign as the JDK wants. */
final class Ip6Address {
    private static final int GROUPS = 8;

    private final int[] groups = new int[GROUPS];
    private int count;
    private int gap = -1;

    private Ip6Address() {}

    /** @param text an address without brackets, a zone after {@code %25} (RFC 6874) or {@code %} */
    static String normalised(String text) throws UnreadableUrlException {
        int percent = text.indexOf('%');
        if (percent < 0) {
            return new Ip6Address().read(text).toString();
        }
        int zone = text.startsWith("%25", percent) && percent + 3 < text.length() ? percent + 3 : percent + 1;
        return new Ip6Address().read(text.substring(0, percent)) + "%" + checkedZone(text.substring(zone));
    }

    private static String checkedZone(String zone) throws UnreadableUrlException {
        for (int at = 0; at < zone.length(); at++) {
            char c = zone.charAt(at);
            if (!Percent.isLetterOrDigit(c) && c != '_' && c != '.') {
                throw UnreadableUrlException.malformed(
                        "the zone of its IPv6 address has a character that cannot be passed on",
                        "use the number of the interface");
            }
        }
        if (zone.isEmpty()) {
            throw UnreadableUrlException.malformed("the zone of its IPv6 address is empty");
        }
        return zone;
    }

    private Ip6Address read(String text) throws UnreadableUrlException {
        int at = 0;
        if (text.startsWith("::")) {
            gap = 0;
            at = 2;
        }
        while (at < text.length()) {
            int colon = text.indexOf(':', at);
            int end = colon < 0 ? text.length() : colon;
            if (colon < 0 && text.indexOf('.', at) >= 0) {
                addIp4(text.substring(at));
            } else {
                addGroup(text, at, end);
            }
            if (text.startsWith("::", end) && gap < 0) {
                gap = count;
                at = end + 2;
            } else if (colon == text.length() - 1) {
                throw invalid();
            } else {
                at = end + 1;
            }
        }
        if (gap < 0 ? count != GROUPS : count >= GROUPS) {
            throw invalid();
        }
        return this;
    }

    private void addGroup(String text, int from, int end) throws UnreadableUrlException {
        if (end == from || end - from > 4) {
            throw invalid();
        }
        int value = 0;
        for (int at = from; at < end; at++) {
            int digit = text.charAt(at) < 0x80 ? Character.digit(text.charAt(at), 16) : -1;
            if (digit < 0) {
                throw invalid();
            }
            value = value * 16 + digit;
        }
        add(value);
    }

    /** The last two groups may be written as an IPv4 address, in its plain form only. */
    private void addIp4(String text) throws UnreadableUrlException {
        if (!Ip4Address.isMeant(text) || !Ip4Address.normalised(text).equals(text)) {
            throw invalid();
        }
        String[] bytes = text.split("\\.", -1);
        add(Integer.parseInt(bytes[0]) << 8 | Integer.parseInt(bytes[1]));
        add(Integer.parseInt(bytes[2]) << 8 | Integer.parseInt(bytes[3]));
    }

    private void add(int group) throws UnreadableUrlException {
        if (count == GROUPS) {
            throw invalid();
        }
        groups[count++] = group;
    }

    private static UnreadableUrlException invalid() {
        return UnreadableUrlException.malformed("its host is no valid IPv6 address");
    }

    /** RFC 5952 §4: lower case, no leading zeros, the first longest run of two or more zeros left out. */
    @Override
    public String toString() {
        int[] whole = whole();
        int from = -1;
        int longest = 1;
        for (int start = 0; start < GROUPS; start++) {
            int end = start;
            while (end < GROUPS && whole[end] == 0) {
                end++;
            }
            if (end - start > longest) {
                from = start;
                longest = end - start;
            }
        }
        var text = new StringBuilder();
        for (int group = 0; group < GROUPS; group++) {
            if (group == from) {
                text.append("::");
                group += longest - 1;
            } else {
                if (!text.isEmpty() && text.charAt(text.length() - 1) != ':') {
                    text.append(':');
                }
                text.append(Integer.toHexString(whole[group]));
            }
        }
        return text.toString();
    }

    private int[] whole() {
        if (gap < 0) {
            return groups;
        }
        int[] whole = new int[GROUPS];
        System.arraycopy(groups, 0, whole, 0, gap);
        System.arraycopy(groups, gap, whole, GROUPS - (count - gap), count - gap);
        return whole;
    }
}
