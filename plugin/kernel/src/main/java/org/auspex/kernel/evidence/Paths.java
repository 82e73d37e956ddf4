package org.auspex.kernel.evidence;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.fhirpath.IFhirPath;
import ca.uhn.fhir.fhirpath.IFhirPathEvaluationContext;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.hl7.fhir.instance.model.api.IBase;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.IntegerType;

/**
 * FHIRPath with one word more: {@code age}, the subject's age in completed years. HAPI's engine keeps state while it
 * works, so every thread has its own.
 */
public final class Paths {

    /** The name of the derived value; a bare word, not part of a path, a longer name or a string. */
    public static final String AGE = "age";

    private static final Pattern BARE_AGE = Pattern.compile("'(?:[^'\\\\]|\\\\.)*'|(?<![\\w.%`])age(?![\\w(`])");

    private final ThreadLocal<Evaluator> evaluators;

    public Paths(FhirContext fhir) {
        evaluators = ThreadLocal.withInitial(() -> new Evaluator(fhir));
    }

    /** What is wrong with {@code path} as FHIRPath; empty when it can be parsed. */
    public Optional<String> problem(String path) {
        return evaluators.get().problem(path);
    }

    List<Base> evaluate(Base focus, String path, Map<String, Integer> derived) {
        return evaluators.get().evaluate(focus, path, derived);
    }

    /** One thread's engine, its parsed paths and the derived values of the evaluation under way. */
    private static final class Evaluator implements IFhirPathEvaluationContext {

        private final IFhirPath engine;
        private final Map<String, IFhirPath.IParsedExpression> parsed = new ConcurrentHashMap<>();
        private Map<String, Integer> derived = Map.of();

        Evaluator(FhirContext fhir) {
            engine = fhir.newFhirPath();
            engine.setEvaluationContext(this);
        }

        List<Base> evaluate(Base focus, String path, Map<String, Integer> values) {
            derived = values;
            return engine.evaluate(focus, parse(path), Base.class);
        }

        Optional<String> problem(String path) {
            try {
                parse(path);
                return Optional.empty();
            } catch (IllegalArgumentException e) {
                return Optional.of(String.valueOf(e.getMessage()));
            }
        }

        private IFhirPath.IParsedExpression parse(String path) {
            return parsed.computeIfAbsent(path, this::parseAnew);
        }

        // HAPI declares Exception here; its engine throws unchecked ones of many classes for a path it cannot parse.
        @SuppressWarnings("checkstyle:IllegalCatch")
        private IFhirPath.IParsedExpression parseAnew(String path) {
            try {
                return engine.parse(withDerivedValues(path));
            } catch (Exception e) {
                throw new IllegalArgumentException(e.getMessage(), e);
            }
        }

        private static String withDerivedValues(String path) {
            return BARE_AGE.matcher(path)
                    .replaceAll(match -> match.group().equals(AGE)
                            ? "%age"
                            : java.util.regex.Matcher.quoteReplacement(match.group()));
        }

        @Override
        public List<IBase> resolveConstant(Object context, String name, ConstantEvaluationMode mode) {
            var value = derived.get(name);
            return value == null ? List.of() : List.of(new IntegerType(value));
        }
    }
}
