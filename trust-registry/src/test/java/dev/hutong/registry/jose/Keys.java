package dev.hutong.registry.jose;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Keys and published vectors that the tests share. */
public final class Keys {
    /** RFC 7515, appendix A.3.1. */
    public static final String RFC7515_A3 = """
            {"kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",
             "y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0","d":"jpsQnnGQmL-YBIffH1136cspYG6-0iY7X1fCE9-E9LI"}""";

    public static final String RFC7515_A3_JWS = "eyJhbGciOiJFUzI1NiJ9"
            + ".eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ"
            + ".DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q";

    /** RFC 8037, appendix A.1. */
    public static final String RFC8037_A = """
            {"kty":"OKP","crv":"Ed25519","d":"nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A",
             "x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}""";

    public static final String RFC8037_A_JWS = "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc"
            + ".hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg";

    /** The example of GB/T 32918.5-2017, A.2, with the default signer id. */
    public static final String GBT_32918_X = "09F9DF311E5421A150DD7D161E4BC5C672179FAD1833FC076BB08FF356F35020";

    public static final String GBT_32918_Y = "CCEA490CE26775A52DC6EA718CC1AA600AED05FBF35E084A6632F6072DA9AD13";
    public static final String GBT_32918_D = "3945208F7B2144B13F36E38AC6D39F95889393692860B51A42FB81EF4DF7C5B8";
    public static final String GBT_32918_K = "59276E27D506861A16680F3AD9C02DCCEF3CC1FA3CDBE4CE6D54B80DEAC1BC21";
    public static final String GBT_32918_SIGNATURE = "F5A03B0648D2C4630EEAC513E1BB81A15944DA3827D5B74143AC7EACEEE720B3"
            + "B1B6AA29DF212FD8763182BC0D421CA1BB9038FD1F7F42D4840B69C485BBC1AA";
    public static final byte[] GBT_32918_MESSAGE = utf8("message digest");

    private Keys() {}

    public static PrivateJwk generated(SignatureAlgorithm algorithm, long seed) {
        return PrivateJwk.generate(algorithm, new SeededRandom(seed));
    }

    public static PrivateJwk gbt32918() {
        return admittedPrivate(gbt32918Json(",\"d\":\"" + b64(GBT_32918_D) + "\""));
    }

    public static String gbt32918Json(String more) {
        return "{\"kty\":\"SM2\",\"x\":\"" + b64(GBT_32918_X) + "\",\"y\":\"" + b64(GBT_32918_Y) + "\"" + more + "}";
    }

    public static PublicJwk admitted(String json) {
        return admitted(PublicJwk.parse(utf8(json)));
    }

    public static PublicJwk admitted(JsonNode json) {
        return admitted(PublicJwk.parse(json));
    }

    public static PrivateJwk admittedPrivate(String json) {
        return admitted(PrivateJwk.parse(utf8(json)));
    }

    public static <K> K admitted(KeyAdmission<K> admission) {
        assertThat(admission).isInstanceOf(KeyAdmission.Admitted.class);
        return ((KeyAdmission.Admitted<K>) admission).key();
    }

    public static KeyFault faultOf(KeyAdmission<?> admission) {
        assertThat(admission).isInstanceOf(KeyAdmission.Refused.class);
        return ((KeyAdmission.Refused<?>) admission).fault();
    }

    public static String b64(String hex) {
        return StrictBase64Url.encode(hex(hex));
    }

    public static byte[] hex(String hex) {
        return HexFormat.of().parseHex(hex);
    }

    public static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
