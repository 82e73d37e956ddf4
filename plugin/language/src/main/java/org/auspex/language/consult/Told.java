package org.auspex.language.consult;

import java.util.List;
import org.auspex.kernel.findings.InquiryTrail;
import org.auspex.kernel.outcome.Inquiry;

/**
 * Quotations as they are told, and how that came about.
 *
 * @param section of the answer that it is: {@code record} or {@code knowledge}
 * @param inquiries of a language model; none where the quotations stand as they are
 * @param claims all that it made, shown or not
 */
public record Told(String section, List<Cited> sentences, List<Inquiry> inquiries, List<Inquiry.Claim> claims) {

    public Told {
        sentences = List.copyOf(sentences);
        inquiries = List.copyOf(inquiries);
        claims = List.copyOf(claims);
    }

    void trace(InquiryTrail trail) {
        inquiries.forEach(inquiry -> trail.add(section, inquiry));
        claims.forEach(claim -> trail.add(section, claim));
    }
}
