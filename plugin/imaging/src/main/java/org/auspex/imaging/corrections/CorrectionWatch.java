package org.auspex.imaging.corrections;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.auspex.kernel.AgreementRecord;
import org.hl7.fhir.r4.model.ImagingStudy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks again and again for corrections in archives elsewhere, which tell nobody of what they are sent. A study whose archive does not answer keeps none of the others
 * waiting; it is looked at next time.
 */
public final class CorrectionWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(CorrectionWatch.class);

    private final Corrections corrections;
    private final AgreementRecord record;
    private final Duration since;
    private final Clock clock;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(work -> {
        var made = new Thread(work, "auspex-corrections");
        made.setDaemon(true);
        return made;
    });

    /** @param since how long after a result its study is looked at */
    public CorrectionWatch(Corrections corrections, AgreementRecord record, Duration since, Clock clock) {
        this.corrections = corrections;
        this.record = record;
        this.since = since;
        this.clock = clock;
    }

    /** @param period from the end of one look to the next */
    public void start(Duration period) {
        thread.scheduleWithFixedDelay(this::look, period.toMillis(), period.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void look() {
        try {
            record.answered(clock.instant().minus(since)).forEach(this::look);
        } catch (RuntimeException e) {
            LOG.error("The studies that may have been corrected cannot be read; they are looked for again", e);
        }
    }

    private void look(ImagingStudy study) {
        try {
            corrections.look(study);
        } catch (RuntimeException e) {
            LOG.warn(
                    "Corrections of ImagingStudy/{} cannot be looked for; they are next time",
                    study.getIdElement().getIdPart(),
                    e);
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
