package org.auspex.terminology;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.hl7.fhir.r4.model.ValueSet;

/**
 * The members of a ValueSet that says by itself what they are: codes one by one, whole systems, or codes of a system
 * that match a regular expression. One that leans on a hierarchy needs a terminology server.
 */
public final class Members {

    private final List<Group> included;
    private final List<Group> excluded;

    private Members(List<Group> included, List<Group> excluded) {
        this.included = included;
        this.excluded = excluded;
    }

    /** The members; empty if the ValueSet alone does not say. */
    public static Optional<Members> of(ValueSet set) {
        if (!set.hasCompose() || set.getCompose().getInclude().isEmpty()) {
            return Optional.empty();
        }
        var included = groups(set.getCompose().getInclude());
        var excluded = groups(set.getCompose().getExclude());
        return included.flatMap(in -> excluded.map(out -> new Members(in, out)));
    }

    public boolean contains(Code code) {
        return included.stream().anyMatch(group -> group.contains(code))
                && excluded.stream().noneMatch(group -> group.contains(code));
    }

    private static Optional<List<Group>> groups(List<ValueSet.ConceptSetComponent> sets) {
        var groups = sets.stream().map(Members::group).toList();
        return groups.stream().allMatch(Optional::isPresent)
                ? Optional.of(groups.stream().flatMap(Optional::stream).toList())
                : Optional.empty();
    }

    private static Optional<Group> group(ValueSet.ConceptSetComponent set) {
        if (!set.hasSystem() || set.hasValueSet()) {
            return Optional.empty();
        }
        var codes = new HashSet<String>();
        set.getConcept().forEach(concept -> codes.add(concept.getCode()));
        var patterns = set.getFilter().stream().map(Members::pattern).toList();
        return patterns.stream().allMatch(Optional::isPresent)
                ? Optional.of(new Group(
                        set.getSystem(),
                        codes,
                        patterns.stream().flatMap(Optional::stream).toList()))
                : Optional.empty();
    }

    private static Optional<Pattern> pattern(ValueSet.ConceptSetFilterComponent filter) {
        if (!"code".equals(filter.getProperty()) || filter.getOp() != ValueSet.FilterOperator.REGEX) {
            return Optional.empty();
        }
        try {
            return Optional.of(Pattern.compile(filter.getValue()));
        } catch (PatternSyntaxException e) {
            return Optional.empty();
        }
    }

    /** Codes of one system: those listed, those that match every pattern, or all. */
    private record Group(String system, Set<String> codes, List<Pattern> patterns) {

        boolean contains(Code code) {
            return system.equals(code.system())
                    && (codes.contains(code.code()) || (codes.isEmpty() && matches(code.code())));
        }

        private boolean matches(String code) {
            return patterns.stream().allMatch(pattern -> pattern.matcher(code).matches());
        }
    }
}
