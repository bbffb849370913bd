package dev.hutong.mapping.admission;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ExpressionTreeTest {
    @Test
    void leavesAreTheConditionsThatAreMadeOfNoOthers() {
        assertThat(tree("a == 1 && !(b || c.d != \"x\")").leaves(true)).containsExactly("a == 1", "b", "c.d != \"x\"");
    }

    @Test
    void whatChoosesBetweenTwoValuesIsALeafToo() {
        assertThat(tree("e - i > (print ? 7 * days : 10)").leaves(true))
                .containsExactly("e - i > (print ? (7 * days) : 10)", "print");
        assertThat(tree("asof + (print ? 7 : 1) * days").leaves(false)).containsExactly("print");
    }

    @Test
    void namesAreThePathsOfClaims() {
        assertThat(tree("data.level == \"x\" && celsius(hs.jg) > now").names())
                .containsExactlyInAnyOrder("data.level", "hs.jg", "now");
    }

    @Test
    void aMutantIsOneSlip() {
        assertThat(mutants("a < 5 && b", true))
                .containsExactlyInAnyOrder(
                        "a < 5 || b",
                        "!(a < 5 && b)",
                        "a <= 5 && b",
                        "!(a < 5) && b",
                        "a < 6 && b",
                        "a < 4 && b",
                        "a < 5 && !b");
        assertThat(mutants("a == \"x\"", true)).containsExactly("a != \"x\"");
        assertThat(mutants("!a", true)).containsExactlyInAnyOrder("a", "!!a");
        assertThat(mutants("a + 2 * days", false))
                .containsExactlyInAnyOrder("a - 2 * days", "a + 3 * days", "a + 1 * days");
        assertThat(mutants("p ? a : b", false)).containsExactlyInAnyOrder("p ? b : a", "!p ? a : b");
        assertThat(mutants("t >= 37.3", true))
                .contains("t > 37.3", "!(t >= 37.3)")
                .hasSize(4);
    }

    @Test
    void nodesAreCounted() {
        assertThat(tree("a == 1").nodes()).isEqualTo(3);
        assertThat(tree("a.b + 2 * days > now").nodes()).isEqualTo(8);
    }

    @Test
    void whatIsNoExpressionIsNone() {
        assertThat(ExpressionTree.of("a ==")).isEmpty();
    }

    private static ExpressionTree tree(String source) {
        return ExpressionTree.of(source).orElseThrow();
    }

    private static List<String> mutants(String source, boolean isCondition) {
        return tree(source).mutants(isCondition).stream()
                .map(ExpressionTree.Mutant::source)
                .toList();
    }
}
