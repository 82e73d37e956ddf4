package org.auspex.kernel.findings;

import java.util.stream.Collectors;
import org.auspex.kernel.evidence.Evidence;
import org.auspex.kernel.model.ModelId;
import org.auspex.kernel.model.Sha256;

/**
 * What makes two predictions the same: model, version, subject and the values used, with their times and gaps. Where a
 * value came from is not part of it, nor when the question was asked.
 *
 * @param hash SHA-256 in hexadecimal digits
 */
public record Identity(String hash) {

    public static Identity of(ModelId model, Evidence evidence) {
        var values = evidence.readings().stream()
                .map(reading -> reading.input() + "=" + reading.fingerprint())
                .collect(Collectors.joining("\n"));
        return new Identity(Sha256.of(model + "\n" + evidence.subject().reference() + "\n" + values));
    }
}
