package org.auspex.store;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.rest.api.server.IBundleProvider;
import java.time.Instant;
import java.util.Date;
import java.util.function.Consumer;
import org.hl7.fhir.r4.model.Resource;

/** What was stored, changed or deleted within a time, from the store's own history. */
public final class Changes {

    private static final int PAGE = 200;

    private final DaoRegistry daos;
    private final Partitions partitions;

    Changes(DaoRegistry daos, Partitions partitions) {
        this.daos = daos;
        this.partitions = partitions;
    }

    /**
     * Every version of a type that was written in the time, deletions included (as a resource that is empty but for its
     * id and the time of deletion in its metadata).
     *
     * @return how many
     */
    public int between(String type, Instant since, Instant until, Consumer<Resource> each) {
        IBundleProvider history =
                daos.getResourceDao(type).history(Date.from(since), Date.from(until), null, partitions.anywhere());
        // HAPI does not say how many there are, so pages are read until one is empty.
        var seen = 0;
        for (var page = history.getResources(0, PAGE);
                !page.isEmpty();
                page = history.getResources(seen, seen + PAGE)) {
            page.forEach(resource -> each.accept((Resource) resource));
            seen += page.size();
        }
        return seen;
    }
}
