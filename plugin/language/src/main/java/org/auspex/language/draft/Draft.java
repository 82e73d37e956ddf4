package org.auspex.language.draft;

import java.time.Instant;
import java.util.List;
import org.auspex.kernel.evidence.Subject;
import org.auspex.kernel.findings.Finding;
import org.auspex.kernel.findings.Identity;
import org.auspex.kernel.findings.Said;
import org.auspex.kernel.model.Sha256;
import org.auspex.language.prose.Teller;
import org.auspex.language.prose.Telling;
import org.auspex.language.summary.Summary;

/**
 * A summary that is on its way into the record. What a language model tells is another result than what is quoted, and what it could not tell
 * to the end another one than what it could: whoever asks again when it answers gets all of it.
 */
public final class Draft {

    private final Source source;
    private final Summary summary;
    private final Teller teller;
    private final Instant now;

    Draft(Source source, Summary summary, Teller teller, Instant now) {
        this.source = source;
        this.summary = summary;
        this.teller = teller;
        this.now = now;
    }

    /** Whether there is a language model that tells. */
    public boolean canBeTold() {
        return teller.voice().isPresent();
    }

    /** All of it in the words of the note, with a page on which it can be read against the note. */
    public Finding quoted() {
        return finding(Telling.quoting(summary), "");
    }

    /** The result that {@link #told()} would be if the language model answered, to look whether it stands. It says what is quoted. */
    public Finding sought() {
        return finding(Telling.quoting(summary), "\ntold by " + teller.voice().orElse("nobody"));
    }

    /** In the words of a language model, as far as it answers and they are supported. Takes as long as it takes. */
    public Finding told() {
        var telling = teller.of(summary);
        var voice = teller.voice().orElse("nobody");
        return finding(telling, (telling.isComplete() ? "\ntold by " : "\ntold in part by ") + voice);
    }

    private Finding finding(Telling telling, String wording) {
        var filed = source.filed();
        var identity = new Identity(Sha256.of(String.join(
                        "\n",
                        NoteSummary.MODEL.toString(),
                        filed.reference(),
                        summary.style().code(),
                        summary.tongue().code(),
                        source.fingerprint())
                + wording));
        var provenance = NoteSummary.provenance().of(source.references(), now, now);
        return new Finding(
                identity,
                NoteSummary.MODEL,
                new Subject(filed.reference(), filed.patientReference()),
                now,
                source.basis(),
                false,
                () -> said(telling, identity),
                Trail.onto(provenance, telling));
    }

    private Said said(Telling telling, Identity identity) {
        var written = new SummaryResources(source.filed(), source.text(), NoteSummary.device(), identity, now);
        return new Said(written.composition(telling), List.of(written.page(telling)), List.of());
    }
}
