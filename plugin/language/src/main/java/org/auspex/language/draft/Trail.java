package org.auspex.language.draft;

import org.auspex.kernel.findings.InquiryTrail;
import org.auspex.kernel.outcome.Inquiry;
import org.auspex.language.chat.Reply;
import org.auspex.language.prose.Judged;
import org.auspex.language.prose.Telling;
import org.hl7.fhir.r4.model.Provenance;

/** What the Provenance of a told summary keeps, part by part. */
final class Trail {

    private Trail() {}

    /** The same Provenance, with the trail of a telling. */
    static Provenance onto(Provenance provenance, Telling telling) {
        var trail = new InquiryTrail(provenance);
        telling.writings().forEach(writing -> {
            var section = writing.part().title();
            writing.replies().stream().map(Reply::inquiry).forEach(inquiry -> trail.add(section, inquiry));
            writing.judged().stream().map(Trail::claim).forEach(claim -> trail.add(section, claim));
        });
        return provenance;
    }

    private static Inquiry.Claim claim(Judged judged) {
        return judged.verdict()
                .on(
                        judged.claim(),
                        judged.cited().stream()
                                .map(quotation -> quotation.source().start() + "-"
                                        + quotation.source().end())
                                .toList(),
                        judged.round());
    }
}
