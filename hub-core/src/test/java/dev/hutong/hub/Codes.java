package dev.hutong.hub;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.UUID;

/** What virtual provinces are asked to sign or to answer in these tests. */
public final class Codes {
    public static final String GUANGDONG = "440000.yuekangma";
    public static final String GUANGZHOU = "440100.suikangma";
    public static final String HANGZHOU = "330100.hangzhou";

    private static final DateTimeFormatter BEIJING =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneOffset.ofHours(8));

    private Codes() {}

    /** The claims of a green code of Guangdong, issued at an instant, for five minutes. */
    public static ObjectNode green(Instant issued) {
        return claims(GUANGDONG, issued)
                .put("asof", issued.getEpochSecond())
                .put("ver", 2)
                .put("mz", "G");
    }

    /** The claims of a code of Guangzhou at a level, issued at an instant, for five minutes. */
    public static ObjectNode atLevel(int level, Instant issued) {
        return claims(GUANGZHOU, issued)
                .put("pv", 2)
                .put("lv", level)
                .put("sbsj", issued.minusSeconds(86_400).toEpochMilli());
    }

    /** What Hangzhou's platform knows of somebody whose status was computed at an instant. */
    public static ObjectNode record(String level, Instant computed) {
        return JsonNodeFactory.instance.objectNode().put("level", level).put("zjgxsj", BEIJING.format(computed));
    }

    private static ObjectNode claims(String issuer, Instant issued) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("iss", issuer)
                .put("jti", UUID.randomUUID().toString())
                .put("sub", UUID.randomUUID().toString())
                .put("iat", issued.getEpochSecond())
                .put("exp", issued.getEpochSecond() + 300);
    }
}
