package org.auspex.language.summary;

import java.util.Arrays;
import java.util.regex.Pattern;
import org.auspex.language.text.Folding;

/**
 * Whether a sentence says in each of its clauses that something is normal or absent. What no word calls normal may be abnormal, also where no
 * vocabulary names it: power of 2/5, or an aphasia.
 */
final class Normality {

    private static final Pattern CLAUSE_END = Pattern.compile("[,;。]");

    private static final Pattern NORMAL = Pattern.compile(
            "无(?!力)|未|否认|(?<!不)(?:正常|对称|合作|居中|齐|一致)|阴性|等大等圆|灵敏|自如|良好|[腹颈].{0,2}软|(?:神志|呼吸音|叩诊|对答).?[清切]"
                    + "|\\b(?:no|not|normal|negative|denies|without|intact|clear|unremarkable|none|within normal limits)\\b|n't\\b");

    private Normality() {}

    static boolean isAllNormal(String sentence) {
        return Arrays.stream(CLAUSE_END.split(Folding.of(sentence)))
                .filter(clause -> !clause.isBlank())
                .allMatch(clause -> NORMAL.matcher(clause).find());
    }
}
