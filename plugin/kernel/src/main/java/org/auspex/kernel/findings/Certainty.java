package org.auspex.kernel.findings;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.auspex.kernel.features.Features;
import org.auspex.kernel.model.ConformalCalibration;
import org.auspex.kernel.model.ModelCard;
import org.auspex.kernel.model.Training;
import org.auspex.kernel.model.TrainingDistance;
import org.auspex.kernel.outcome.Outcome;
import org.auspex.kernel.outcome.Region;
import org.auspex.terminology.Systems;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.DecimalType;
import org.hl7.fhir.r4.model.DomainResource;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.Quantity;

/**
 * What is said beside a result of how sure it can be: how far the subject is from those of the training, and what the site's own outcomes
 * leave open. As extensions, and in words.
 */
final class Certainty {

    static final String DISTANCE = Systems.AUSPEX + "/StructureDefinition/distance-from-training";
    static final String CONFORMAL = Systems.AUSPEX + "/StructureDefinition/conformal-prediction";

    private static final int PERCENT = 100;
    private static final MathContext PRECISION = new MathContext(4);

    private final Optional<TrainingDistance.Score> distance;
    private final Optional<Region> region;

    private Certainty(Optional<TrainingDistance.Score> distance, Optional<Region> region) {
        this.distance = distance;
        this.region = region;
    }

    static Certainty of(
            ModelCard card, Features features, Optional<ConformalCalibration> calibration, Outcome outcome) {
        return new Certainty(distance(card, features), calibration.flatMap(fitted -> fitted.region(card, outcome)));
    }

    /** The distance alone, of a result that is explained. */
    static Certainty of(ModelCard card, Features features) {
        return new Certainty(distance(card, features), Optional.empty());
    }

    private static Optional<TrainingDistance.Score> distance(ModelCard card, Features features) {
        return card.training().flatMap((Training training) -> training.score(features));
    }

    void write(DomainResource result) {
        distance.map(Certainty::extension).ifPresent(result::addExtension);
        region.map(Certainty::extension).ifPresent(result::addExtension);
    }

    /** To be added to a rationale; empty where nothing is to be said. */
    String words() {
        var words = new ArrayList<String>();
        distance.filter(TrainingDistance.Score::isBeyond)
                .map(score -> String.format(
                        Locale.ROOT,
                        "the values together are unlike those the model was trained on: distance %.1f, usual up to %.1f",
                        score.number(),
                        score.threshold()))
                .ifPresent(words::add);
        region.map(Certainty::words).ifPresent(words::add);
        return words.isEmpty() ? "" : "; " + String.join("; ", words);
    }

    private static String words(Region region) {
        var level = percent(region.level()).stripTrailingZeros().toPlainString();
        if (region instanceof Region.FreeUntil free) {
            return free.tells()
                    ? "with %s %% free of it at least until %s %s".formatted(level, plain(free.until()), free.unit())
                    : "with %s %% it cannot tell until when free of it".formatted(level);
        }
        var answers = (Region.Answers) region;
        var left = answers.left().stream().map(Region.Answer::display).collect(Collectors.joining(" or "));
        if (answers.tells()) {
            return "with %s %% it is %s".formatted(level, left);
        }
        return answers.left().isEmpty()
                ? "with %s %% it cannot tell: no answer is like those seen here".formatted(level)
                : "with %s %% it cannot tell: %s".formatted(level, left);
    }

    private static Extension extension(TrainingDistance.Score score) {
        var extension = new Extension(DISTANCE);
        extension.addExtension("score", new DecimalType(rounded(score.number())));
        extension.addExtension("threshold", new DecimalType(rounded(score.threshold())));
        extension.addExtension("beyond", new BooleanType(score.isBeyond()));
        extension.addExtension("inputs", new IntegerType(score.known()));
        return extension;
    }

    private static Extension extension(Region region) {
        var extension = new Extension(CONFORMAL);
        extension.addExtension("level", new DecimalType(percent(region.level())));
        extension.addExtension("tells", new BooleanType(region.tells()));
        if (region instanceof Region.Answers answers) {
            concepts(answers.left()).forEach(answer -> extension.addExtension("answer", answer));
        } else if (region instanceof Region.FreeUntil free) {
            extension.addExtension(
                    "free-until",
                    new Quantity()
                            .setValue(plainNumber(free.until()))
                            .setUnit(free.unit())
                            .setSystem(Systems.UCUM)
                            .setCode(free.unit()));
        }
        return extension;
    }

    private static List<CodeableConcept> concepts(List<Region.Answer> left) {
        return left.stream()
                .map(answer -> {
                    var concept = new CodeableConcept().setText(answer.display());
                    concept.addCoding().setSystem(Systems.ANSWER).setCode(answer.name());
                    answer.code()
                            .ifPresent(code ->
                                    concept.addCoding().setSystem(code.system()).setCode(code.code()));
                    return concept;
                })
                .toList();
    }

    private static BigDecimal rounded(double score) {
        return BigDecimal.valueOf(score).setScale(2, RoundingMode.HALF_UP);
    }

    private static BigDecimal percent(double level) {
        return BigDecimal.valueOf(PERCENT * level).setScale(1, RoundingMode.HALF_UP);
    }

    private static String plain(double time) {
        return plainNumber(time).toPlainString();
    }

    private static BigDecimal plainNumber(double time) {
        var number = new BigDecimal(time).round(PRECISION).stripTrailingZeros();
        return number.scale() < 0 ? number.setScale(0, RoundingMode.UNNECESSARY) : number;
    }
}
