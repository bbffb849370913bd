package dev.hutong.conformance.demo;

import dev.hutong.conformance.province.ScannedCode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** What can happen to a code between its issuer and a scanner. */
enum Damage {
    /** Only the first half is there. */
    TRUNCATED {
        @Override
        byte[] applied(byte[] code) {
            return Arrays.copyOf(code, code.length / 2);
        }
    },
    /** The code is there twice, without anything between. */
    PASTED_TWICE {
        @Override
        byte[] applied(byte[] code) {
            byte[] twice = Arrays.copyOf(code, 2 * code.length);
            System.arraycopy(code, 0, twice, code.length, code.length);
            return twice;
        }
    },
    /** A carriage return and a line feed behind it, as many scanners send them. */
    LINE_END {
        @Override
        byte[] applied(byte[] code) {
            byte[] longer = Arrays.copyOf(code, code.length + 2);
            longer[code.length] = '\r';
            longer[code.length + 1] = '\n';
            return longer;
        }
    };

    abstract byte[] applied(byte[] code);

    ScannedCode to(ScannedCode code) {
        byte[] damaged = applied(code.bytes());
        return code.isBinary()
                ? ScannedCode.ofBytes(damaged)
                : ScannedCode.ofText(new String(damaged, StandardCharsets.UTF_8));
    }
}
