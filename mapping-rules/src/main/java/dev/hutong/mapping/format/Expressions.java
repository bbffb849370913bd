package dev.hutong.mapping.format;

import dev.cel.checker.CelStandardDeclarations;
import dev.cel.checker.CelStandardDeclarations.StandardFunction;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import dev.cel.runtime.Program;
import dev.hutong.mapping.Temperature;
import java.util.Map;

/**
 * Compiles a package's CEL expressions, each against the variables it may name and the type it must yield.
 *
 * <p>Every expression ends: macros are off, so that there are no loops; there is no regular expression ({@code matches}); and a source
 * has at most {@value #LONGEST_SOURCE} characters.
 */
final class Expressions {
    static final int LONGEST_SOURCE = 500;

    private static final CelRuntime RUNTIME = CelRuntimeFactory.plannerRuntimeBuilder()
            .addFunctionBindings(CelFunctionBinding.fromOverloads(
                    "celsius", CelFunctionBinding.from("celsius_string", String.class, Expressions::celsius)))
            .build();

    private final CelCompiler conditions;
    private final CelCompiler moments;

    /**
     * @param variables claims by path
     * @param withNow whether expressions may look at the present instant
     */
    Expressions(Map<String, ClaimKind> variables, boolean withNow) {
        this.conditions = compiler(variables, withNow, SimpleType.BOOL);
        this.moments = compiler(variables, withNow, SimpleType.INT);
    }

    /** An expression that yields true or false. */
    interface Condition {
        /** @throws ExpressionFailure where it cannot be evaluated in spite of its types */
        boolean holds(Facts facts);
    }

    /** An expression that yields an instant, in milliseconds since 1970. */
    interface Moment {
        /** @throws ExpressionFailure where it cannot be evaluated in spite of its types */
        long at(Facts facts);
    }

    Condition condition(String where, String source) {
        Program program = compile(where, source, conditions, SimpleType.BOOL);
        return facts -> (Boolean) evaluate(where, program, facts);
    }

    Moment moment(String where, String source) {
        Program program = compile(where, source, moments, SimpleType.INT);
        return facts -> (Long) evaluate(where, program, facts);
    }

    private static CelCompiler compiler(Map<String, ClaimKind> variables, boolean withNow, CelType result) {
        CelCompilerBuilder compiler = CelCompilerFactory.standardCelCompilerBuilder()
                .setStandardEnvironmentEnabled(false)
                .setStandardDeclarations(CelStandardDeclarations.newBuilder()
                        .excludeFunctions(StandardFunction.MATCHES)
                        .build())
                .addFunctionDeclarations(CelFunctionDecl.newFunctionDeclaration(
                        "celsius",
                        CelOverloadDecl.newGlobalOverload("celsius_string", SimpleType.DOUBLE, SimpleType.STRING)))
                .setResultType(result);
        variables.forEach((path, kind) -> compiler.addVar(path, celType(kind)));
        Facts.UNITS.keySet().forEach(unit -> compiler.addVar(unit, SimpleType.INT));
        if (withNow) {
            compiler.addVar(Facts.NOW, SimpleType.INT);
        }
        return compiler.build();
    }

    private static Program compile(String where, String source, CelCompiler compiler, CelType result) {
        if (source.length() > LONGEST_SOURCE) {
            throw new InvalidPackageException(where + ": longer than " + LONGEST_SOURCE + " characters");
        }
        try {
            CelAbstractSyntaxTree checked = compiler.compile(source).getAst();
            // The compiler lets a dyn through, whose type shows only when it runs.
            if (!checked.getResultType().equals(result)) {
                throw new InvalidPackageException(
                        where + ": yields " + checked.getResultType().name() + ", not " + result.name());
            }
            return RUNTIME.createProgram(checked);
        } catch (CelValidationException | CelEvaluationException e) {
            throw new InvalidPackageException(where + ": " + e.getMessage(), e);
        }
    }

    private static Object evaluate(String where, Program program, Facts facts) {
        try {
            return program.eval(facts);
        } catch (CelEvaluationException e) {
            throw new ExpressionFailure(
                    where + " could not be evaluated, although it type-checks: " + e.getMessage(), e);
        }
    }

    private static CelType celType(ClaimKind kind) {
        return switch (kind) {
            case TEXT, WORDS, STATE, READING -> SimpleType.STRING;
            case BOOLEAN -> SimpleType.BOOL;
            case INTEGER, SECONDS, MILLISECONDS, DATE, LOCAL_TIME -> SimpleType.INT;
            case OBJECT, LIST -> throw new IllegalArgumentException(kind + " is not a scalar");
        };
    }

    /** Degrees Celsius, or -1 where the text is none: no rule that asks for a fever fires on what cannot be read. */
    private static double celsius(String text) {
        return Temperature.read(text).map(t -> t.celsius().doubleValue()).orElse(-1.0);
    }
}
