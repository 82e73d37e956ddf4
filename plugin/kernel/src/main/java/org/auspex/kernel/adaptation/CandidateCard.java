package org.auspex.kernel.adaptation;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Locale;

/** The model card for people, as the server fills it in for a candidate. */
record CandidateCard(AdaptationOrder order, Adapted.Report report, Instant at) {

    private static final String TEXT = """
            # %1$s %2$s

            A candidate that the server made by `$adapt` on %3$s from %4$s, as a head on %5$s. **It begins as a shadow: nobody gets
            its answers until a person has looked at it and moved it on by `$rollout`.** Not a medical device.

            ## Intended use

            %6$s

            ## Out of scope

            Images of other kinds, devices or hospitals than those it learnt from; it was not tried on any.

            ## Data and licence

            Images of this site with Segmentations that people made: %7$d images of %8$d patients to learn from, %9$d images of %10$d
            patients held out, drawn with seed %11$d; all images of a patient are on one side. %20$s The images are not part of this folder.

            ## Training

            Only the head; the encoder stays as it is. %12$d steps of %13$d crops of at most %14$d x %14$d pixels, mirrored left to right or not,
            a tenth brighter or darker; cross-entropy plus soft Dice; Adam, rate up to %15$s, from the weights of %4$s. All of it was fixed
            beforehand, and nothing was chosen by the held-out cases.

            ## Metrics

            Dice of the masks on whole held-out images, the mean of patients, 95 %% interval by bootstrap over patients:

            | on the held-out cases | Dice |
            |---|---|
            | this version | %16$s |
            | %4$s | %17$s |
            | one threshold on the intensity, the best of the training cases | %18$s |

            ## Subgroups

            None: too few cases.

            ## Limits

            - %10$d held-out patients: %19$s
            - The golden cases are made-up pictures. They show that the weights are whole, not that the masks are right.
            """;

    String markdown() {
        var plan = order.plan();
        var scores = report.scores();
        return TEXT.formatted(
                order.base().about().title(),
                order.version(),
                at.atZone(ZoneOffset.UTC).toLocalDate(),
                order.base().id(),
                order.base().engine().encoder().orElseThrow(),
                order.base().about().intendedUse(),
                report.trainingImages(),
                report.trainingPatients(),
                report.heldOutImages(),
                report.heldOutPatients(),
                plan.seed(),
                plan.steps(),
                plan.batch(),
                plan.crop(),
                plan.rate(),
                shown(scores.candidate()),
                shown(scores.base()),
                shown(scores.threshold()),
                report.heldOutPatients() < 30
                        ? "the interval is wide, and for so few too narrow still."
                        : "of one site.",
                unlabelled());
    }

    private String unlabelled() {
        return report.unlabelledImages() == 0
                ? "Nothing was learnt from images without a mark."
                : "%d more images, of nobody who is held out, had no marks: a first head learnt from the marked ones alone, and the one that serves, from the start, also from those of the others in which the first was surest of what it saw, each pixel as far as it was sure."
                        .formatted(report.unlabelledImages());
    }

    private static String shown(Score score) {
        return score.interval()
                .map(interval -> String.format(
                        Locale.ROOT, "%.3f (%.3f to %.3f)", score.value(), interval.low(), interval.high()))
                .orElseGet(() -> String.format(Locale.ROOT, "%.3f (one patient, no interval)", score.value()));
    }
}
