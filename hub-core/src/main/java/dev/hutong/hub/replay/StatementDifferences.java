package dev.hutong.hub.replay;

import dev.hutong.mapping.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Where the statements that a code comes to now are others than those that were decided on. */
final class StatementDifferences {
    private final String where;
    private final List<Difference> differences = new ArrayList<>();

    private StatementDifferences(String where) {
        this.where = where;
    }

    static List<Difference> between(List<Statement> decided, List<Statement> replayed) {
        if (decided.size() != replayed.size()) {
            return List.of(
                    new Difference("statements", Integer.toString(decided.size()), Integer.toString(replayed.size())));
        }
        List<Difference> differences = new ArrayList<>();
        for (int i = 0; i < decided.size(); i++) {
            StatementDifferences one = new StatementDifferences("statements[" + i + "].");
            one.compare(decided.get(i), replayed.get(i));
            differences.addAll(one.differences);
        }
        return differences;
    }

    private void compare(Statement decided, Statement replayed) {
        compare("rule", decided.rule(), replayed.rule());
        compare("issuer", decided.issuer(), replayed.issuer());
        compare("native", decided.nativeState(), replayed.nativeState());
        compare("risk", decided.risk(), replayed.risk());
        compare("reason", decided.reason(), replayed.reason());
        compare("qualifiers", qualifiers(decided), qualifiers(replayed));
        compare("cause", decided.cause(), replayed.cause());
        compare("assertedAt", decided.assertedAt(), replayed.assertedAt());
        compare("validUntil", decided.validUntil(), replayed.validUntil());
        compare("evidence", decided.evidence(), replayed.evidence());
    }

    /** Those of a statement that is not good are not told in decisions. */
    private static Set<String> qualifiers(Statement statement) {
        Set<String> names = new TreeSet<>();
        if (statement.isValid()) {
            statement.qualifiers().forEach(qualifier -> names.add(qualifier.name()));
        }
        return names;
    }

    private void compare(String member, @Nullable Object decided, @Nullable Object replayed) {
        if (!String.valueOf(decided).equals(String.valueOf(replayed))) {
            differences.add(new Difference(where + member, String.valueOf(decided), String.valueOf(replayed)));
        }
    }
}
