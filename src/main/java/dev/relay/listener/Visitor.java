package dev.relay.listener;

import dev.relay.http.Headers;
import java.util.List;
import java.util.Locale;

/** Those who ask before, or instead of, the person that a link was meant for. */
final class Visitor {
    private static final String[] ADVANCE = {"Sec-Purpose", "Purpose", "X-Purpose", "X-Moz"};

    /** How the programs call themselves that fetch a link to show what is behind it, or to keep it. */
    private static final List<String> ROBOTS = List.of(
            "facebookexternalhit",
            "facebot",
            "facebookbot",
            "meta-externalagent",
            "twitterbot",
            "slackbot",
            "slack-imgproxy",
            "telegrambot",
            "whatsapp/",
            "discordbot",
            "linkedinbot",
            "skypeuripreview",
            "microsoftpreview",
            "msteams",
            "redditbot",
            "pinterestbot",
            "embedly",
            "iframely",
            "cardyb",
            "bluesky",
            "mastodon/",
            "synapse/",
            "synapse (bot",
            "mattermost-bot",
            "rocket.chat",
            "viber/",
            "vkshare",
            "line-poker",
            "kakaotalk-scrap",
            "snap url preview",
            "google-safety",
            "googlebot",
            "google-read-aloud",
            "googleother",
            "bingbot",
            "bingpreview",
            "applebot",
            "yandexbot",
            "baiduspider",
            "duckduckbot",
            "petalbot",
            "bytespider",
            "amazonbot",
            "gptbot",
            "chatgpt-user",
            "claudebot",
            "ccbot/");

    private Visitor() {}

    /** Whether a browser asks in advance, for a page that may never be looked at. */
    static boolean isPrefetch(Headers request) {
        for (String name : ADVANCE) {
            String purpose = request.first(name).orElse("").toLowerCase(Locale.ROOT);
            if (purpose.contains("prefetch") || purpose.contains("prerender") || purpose.contains("preview")) {
                return true;
            }
        }
        return false;
    }

    /** Whether a robot asks, by its own account. */
    static boolean isRobot(Headers request) {
        String agent = request.first("User-Agent").orElse("").toLowerCase(Locale.ROOT);
        for (String robot : ROBOTS) {
            if (agent.contains(robot)) {
                return true;
            }
        }
        return false;
    }
}
