package dev.hutong.mapping.admission;

import com.google.common.collect.ImmutableList;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelSource;
import dev.cel.common.CelValidationException;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.cel.parser.CelParser;
import dev.cel.parser.CelParserFactory;
import dev.cel.parser.CelUnparserFactory;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A CEL expression taken apart: its size, the names it uses, its constants, its boolean leaves, and its mutants. It is not compiled here. */
record ExpressionTree(CelExpr root) {
    private static final CelParser PARSER =
            CelParserFactory.standardCelParserBuilder().build();
    private static final CelSource NO_SOURCE = CelSource.newBuilder().build();

    private static final String AND = "_&&_";
    private static final String OR = "_||_";
    private static final String NOT = "!_";
    private static final String CHOICE = "_?_:_";

    private static final Set<String> CONNECTIVES = Set.of(AND, OR, NOT, CHOICE);

    /** What an operator is changed into: what a slip of the pen would make of it. */
    private static final Map<String, String> OPERATOR_TO_SLIP = Map.ofEntries(
            Map.entry("_<_", "_<=_"),
            Map.entry("_<=_", "_<_"),
            Map.entry("_>_", "_>=_"),
            Map.entry("_>=_", "_>_"),
            Map.entry("_==_", "_!=_"),
            Map.entry("_!=_", "_==_"),
            Map.entry("_+_", "_-_"),
            Map.entry("_-_", "_+_"),
            Map.entry(AND, OR),
            Map.entry(OR, AND));

    private static final Set<String> EQUALITIES = Set.of("_==_", "_!=_");

    /** The expression, changed in one place. */
    record Mutant(String source) {}

    /** Empty where it is no expression. */
    static Optional<ExpressionTree> of(String source) {
        try {
            return Optional.of(new ExpressionTree(PARSER.parse(source).getAst().getExpr()));
        } catch (CelValidationException notAnExpression) {
            return Optional.empty();
        }
    }

    /** How many nodes it has: evaluating one is a step, and there are no loops. */
    int nodes() {
        return nodes(root);
    }

    private static int nodes(CelExpr expression) {
        return 1 + children(expression).stream().mapToInt(ExpressionTree::nodes).sum();
    }

    /** Every variable it names, by its path. */
    Set<String> names() {
        Set<String> names = new LinkedHashSet<>();
        collectNames(root, names);
        return names;
    }

    private static void collectNames(CelExpr expression, Set<String> names) {
        Optional<String> path = path(expression);
        if (path.isPresent()) {
            names.add(path.get());
        } else {
            children(expression).forEach(child -> collectNames(child, names));
        }
    }

    private static Optional<String> path(CelExpr expression) {
        return switch (expression.getKind()) {
            case IDENT -> Optional.of(expression.ident().name());
            case SELECT ->
                path(expression.select().operand())
                        .map(above -> above + "." + expression.select().field());
            default -> Optional.empty();
        };
    }

    /** Its texts and whole numbers, as values of claims would be compared with them. */
    Set<Object> constants() {
        Set<Object> constants = new LinkedHashSet<>();
        collectConstants(root, constants);
        return constants;
    }

    private static void collectConstants(CelExpr expression, Set<Object> constants) {
        if (expression.getKind() == Kind.CONSTANT) {
            CelConstant constant = expression.constant();
            switch (constant.getKind()) {
                case STRING_VALUE -> constants.add(constant.stringValue());
                case INT64_VALUE -> constants.add(constant.int64Value());
                default -> {}
            }
        }
        children(expression).forEach(child -> collectConstants(child, constants));
    }

    /** Its conditions that are not made of conditions, those that choose between two values among them. */
    Set<String> leaves(boolean isCondition) {
        Set<String> leaves = new LinkedHashSet<>();
        collectLeaves(root, isCondition, leaves);
        return leaves;
    }

    private static void collectLeaves(CelExpr expression, boolean isCondition, Set<String> leaves) {
        String function = function(expression);
        List<CelExpr> children = children(expression);
        if (isCondition && CONNECTIVES.contains(function) && !function.equals(CHOICE)) {
            children.forEach(child -> collectLeaves(child, true, leaves));
        } else if (function.equals(CHOICE)) {
            collectLeaves(children.getFirst(), true, leaves);
            children.stream().skip(1).forEach(child -> collectLeaves(child, isCondition, leaves));
        } else {
            if (isCondition && expression.getKind() != Kind.CONSTANT) {
                leaves.add(text(expression));
            }
            children.forEach(child -> collectLeaves(child, false, leaves));
        }
    }

    /** Every way in which one slip changes it. */
    List<Mutant> mutants(boolean isCondition) {
        return slips(root, isCondition).stream()
                .map(ExpressionTree::text)
                .distinct()
                .map(Mutant::new)
                .toList();
    }

    private static List<CelExpr> slips(CelExpr expression, boolean isCondition) {
        List<CelExpr> slips = new ArrayList<>(slipsHere(expression, isCondition));
        String function = function(expression);
        List<CelExpr> children = children(expression);
        for (int i = 0; i < children.size(); i++) {
            boolean isChoosing = function.equals(CHOICE) && i == 0;
            boolean belowIsCondition = isChoosing || (isCondition && CONNECTIVES.contains(function));
            for (CelExpr slip : slips(children.get(i), belowIsCondition)) {
                slips.add(with(expression, i, slip));
            }
        }
        return slips;
    }

    private static List<CelExpr> slipsHere(CelExpr expression, boolean isCondition) {
        if (expression.getKind() == Kind.CONSTANT) {
            return slips(expression.constant()).stream()
                    .map(constant -> CelExpr.ofConstant(expression.id(), constant))
                    .toList();
        }
        List<CelExpr> slips = new ArrayList<>();
        String function = function(expression);
        String slip = OPERATOR_TO_SLIP.get(function);
        if (slip != null && expression.call().args().size() == 2) {
            slips.add(call(slip, expression.call().args()));
        }
        if (function.equals(CHOICE)) {
            List<CelExpr> args = expression.call().args();
            slips.add(call(CHOICE, List.of(args.get(0), args.get(2), args.get(1))));
        }
        if (function.equals(NOT)) {
            slips.add(expression.call().args().getFirst());
        } else if (isCondition && !EQUALITIES.contains(function)) {
            slips.add(call(NOT, List.of(expression)));
        }
        return slips;
    }

    private static List<CelConstant> slips(CelConstant constant) {
        return switch (constant.getKind()) {
            case INT64_VALUE ->
                List.of(CelConstant.ofValue(constant.int64Value() + 1), CelConstant.ofValue(constant.int64Value() - 1));
            case DOUBLE_VALUE ->
                List.of(
                        CelConstant.ofValue(constant.doubleValue() + 0.1),
                        CelConstant.ofValue(constant.doubleValue() - 0.1));
            case BOOLEAN_VALUE -> List.of(CelConstant.ofValue(!constant.booleanValue()));
            default -> List.of();
        };
    }

    private static String function(CelExpr expression) {
        return expression.getKind() == Kind.CALL ? expression.call().function() : "";
    }

    /** Macros are off, so that calls, selections and lists are all that has something below it. */
    private static List<CelExpr> children(CelExpr expression) {
        return switch (expression.getKind()) {
            case CALL -> {
                List<CelExpr> children = new ArrayList<>();
                expression.call().target().ifPresent(children::add);
                children.addAll(expression.call().args());
                yield children;
            }
            case SELECT -> List.of(expression.select().operand());
            case LIST -> expression.list().elements();
            case MAP ->
                expression.map().entries().stream()
                        .flatMap(entry -> List.of(entry.key(), entry.value()).stream())
                        .toList();
            default -> List.of();
        };
    }

    /** The same with another child at {@code index}. */
    private static CelExpr with(CelExpr expression, int index, CelExpr child) {
        List<CelExpr> children = new ArrayList<>(children(expression));
        children.set(index, child);
        return switch (expression.getKind()) {
            case CALL -> {
                boolean hasTarget = expression.call().target().isPresent();
                yield CelExpr.ofCall(
                        expression.id(),
                        hasTarget ? Optional.of(children.getFirst()) : Optional.empty(),
                        expression.call().function(),
                        ImmutableList.copyOf(hasTarget ? children.subList(1, children.size()) : children));
            }
            case LIST -> CelExpr.ofList(expression.id(), ImmutableList.copyOf(children), ImmutableList.of());
            default -> expression;
        };
    }

    private static CelExpr call(String function, List<CelExpr> args) {
        return CelExpr.ofCall(0, Optional.empty(), function, ImmutableList.copyOf(args));
    }

    private static String text(CelExpr expression) {
        return CelUnparserFactory.newUnparser().unparse(CelAbstractSyntaxTree.newParsedAst(expression, NO_SOURCE));
    }
}
