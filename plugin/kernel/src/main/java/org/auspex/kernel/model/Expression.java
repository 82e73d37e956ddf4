package org.auspex.kernel.model;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.commons.jexl3.JexlArithmetic;
import org.apache.commons.jexl3.JexlBuilder;
import org.apache.commons.jexl3.JexlEngine;
import org.apache.commons.jexl3.JexlException;
import org.apache.commons.jexl3.JexlFeatures;
import org.apache.commons.jexl3.JexlScript;
import org.apache.commons.jexl3.MapContext;
import org.apache.commons.jexl3.introspection.JexlPermissions;
import org.jspecify.annotations.Nullable;

/**
 * A formula in a card: arithmetic, comparisons and a few functions over names. It is Apache JEXL without loops,
 * assignments, objects or methods, so a card can compute and nothing else.
 */
public final class Expression {

    private static final JexlEngine ENGINE = new JexlBuilder()
            .features(new JexlFeatures()
                    .loops(false)
                    .sideEffect(false)
                    .sideEffectGlobal(false)
                    .newInstance(false)
                    .methodCall(false)
                    .lambda(false)
                    .pragma(false)
                    .annotation(false)
                    .script(false)
                    .structuredLiteral(false)
                    .arrayReferenceExpr(false))
            .permissions(new JexlPermissions.ClassPermissions(Functions.class))
            .arithmetic(new Decimals())
            .namespaces(functions())
            .strict(true)
            .silent(false)
            .safe(false)
            .cache(512)
            .create();

    private final String text;
    private final JexlScript script;

    private Expression(String text, JexlScript script) {
        this.text = text;
        this.script = script;
    }

    /**
     * Reads a formula.
     *
     * @throws IllegalArgumentException if it is none, with what is wrong and where
     */
    public static Expression parse(String text) {
        try {
            return new Expression(text, ENGINE.createScript(text));
        } catch (JexlException e) {
            throw new IllegalArgumentException("'%s' is no formula (%s)".formatted(text, e.getDetail()), e);
        }
    }

    /** Every name that the formula reads. */
    public Set<String> names() {
        return script.getVariables().stream().map(name -> name.get(0)).collect(Collectors.toSet());
    }

    /**
     * The value as a number.
     *
     * @param names what each name means: a number, a text, or null for a gap
     * @throws ArithmeticException if it is none, or cannot be computed from these
     */
    public double number(Map<String, @Nullable Object> names) {
        if (evaluate(names) instanceof Number number && Double.isFinite(number.doubleValue())) {
            return number.doubleValue();
        }
        throw new ArithmeticException("'%s' is no finite number".formatted(text));
    }

    /**
     * The value as a truth value.
     *
     * @throws ArithmeticException if it is none, or cannot be computed from these
     */
    public boolean holds(Map<String, @Nullable Object> names) {
        if (evaluate(names) instanceof Boolean truth) {
            return truth;
        }
        throw new ArithmeticException("'%s' is neither true nor false".formatted(text));
    }

    private @Nullable Object evaluate(Map<String, @Nullable Object> names) {
        try {
            return script.execute(new MapContext(new HashMap<>(names)));
        } catch (JexlException e) {
            throw new ArithmeticException("'%s' cannot be computed (%s)".formatted(text, e.getDetail()));
        }
    }

    @Override
    public String toString() {
        return text;
    }

    /** JEXL calls the functions of the namespace without a name as they stand. */
    private static Map<String, Object> functions() {
        var namespaces = new HashMap<String, Object>();
        namespaces.put(null, Functions.class);
        return namespaces;
    }

    /** Numbers are decimals: 1/2 is a half. */
    private static final class Decimals extends JexlArithmetic {
        Decimals() {
            super(true);
        }

        @Override
        public Object divide(Object left, Object right) {
            return toDouble(left) / toDouble(right);
        }
    }
}
