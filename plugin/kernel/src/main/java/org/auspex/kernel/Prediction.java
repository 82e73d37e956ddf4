package org.auspex.kernel;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.auspex.kernel.evidence.Evidence;
import org.auspex.kernel.evidence.EvidenceReader;
import org.auspex.kernel.evidence.RecordSource;
import org.auspex.kernel.evidence.Subject;
import org.auspex.kernel.findings.Finding;
import org.auspex.kernel.findings.Findings;
import org.auspex.kernel.inference.Priority;
import org.auspex.kernel.model.ModelCard;
import org.auspex.kernel.model.ModelId;
import org.auspex.kernel.outcome.Outcome;

/** The way of the data: evidence, features, inference, outcome, findings. */
public final class Prediction {

    private final Models models;
    private final EvidenceReader reader;
    private final FindingsWriter writer;
    private final Clock clock;
    private final Witness witness;

    public Prediction(Models models, EvidenceReader reader, FindingsWriter writer, Clock clock) {
        this(models, reader, writer, clock, Witness.NOBODY);
    }

    /** @param witness hears of what is stored, and not of what is only answered */
    public Prediction(Models models, EvidenceReader reader, FindingsWriter writer, Clock clock, Witness witness) {
        this.witness = witness;
        this.models = models;
        this.reader = reader;
        this.writer = writer;
        this.clock = clock;
    }

    /** The same, with what each result settles done in the transaction that stores it. */
    public Prediction settling(Settlement settlement) {
        return new Prediction(models, reader, writer.settling(settlement), clock, witness);
    }

    /** The same, with results that are only answered. */
    public Prediction withoutStoring() {
        return new Prediction(models, reader, FindingsWriter.NOWHERE, clock);
    }

    /** The same on another record, with results that are only answered. */
    public Prediction on(RecordSource record) {
        return new Prediction(models, reader.from(record), FindingsWriter.NOWHERE, clock);
    }

    /**
     * Predicts for a batch of subjects with one version of a model. A result that cannot be stored fails alone; if nobody
     * else was asked about, what stood in its way is thrown.
     *
     * @param asOf nothing that was known later counts
     * @param priority whose turn it is when the model has much to do
     * @return one answer per subject, in their order
     * @throws UnknownModel if nobody serves it
     * @throws ModelNotReady if it cannot serve now
     * @throws org.auspex.kernel.inference.InferenceFailed if it fails
     * @throws org.auspex.kernel.evidence.TooMuchEvidence if more would have to be read than the server is set to
     */
    public List<Answer> predict(ModelId id, List<Subject> subjects, Instant asOf, Priority priority) {
        var card = models.with(id, ServingModel::card);
        var evidence = reader.read(subjects, card.requirements(), asOf);
        var outcomes = models.with(id, model -> model.infer(evidence, priority));
        var answers = answers(evidence, outcomes, writer.writeAll(card, findings(card, evidence, outcomes)));
        witness.heard(card, answers);
        if (answers.size() == 1) {
            answers.get(0).failure().ifPresent(why -> {
                throw why;
            });
        }
        return answers;
    }

    /** One for each subject whom the model said something about. */
    private List<Finding> findings(ModelCard card, List<Evidence> evidence, List<Outcome> outcomes) {
        var findings = new Findings(card, models.calibration(card.id()));
        var now = clock.instant();
        return IntStream.range(0, evidence.size())
                .filter(i -> !(outcomes.get(i) instanceof Outcome.Abstained))
                .mapToObj(i -> findings.of(evidence.get(i), outcomes.get(i), now))
                .toList();
    }

    /** What a version says about each subject, in their order, written nowhere; it fails as {@link #predict} does. */
    public List<Outcome> outcomes(ModelId id, List<Subject> subjects, Instant asOf, Priority priority) {
        var evidence = reader.read(subjects, models.with(id, ServingModel::card).requirements(), asOf);
        return models.with(id, model -> model.infer(evidence, priority));
    }

    private static List<Answer> answers(List<Evidence> evidence, List<Outcome> outcomes, List<Attempt> attempts) {
        var written = attempts.iterator();
        return IntStream.range(0, evidence.size())
                .mapToObj(i -> outcomes.get(i) instanceof Outcome.Abstained abstained
                        ? Answer.abstained(evidence.get(i), abstained)
                        : Answer.said(evidence.get(i), outcomes.get(i), written.next()))
                .toList();
    }
}
