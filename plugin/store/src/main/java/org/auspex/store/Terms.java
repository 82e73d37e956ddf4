package org.auspex.store;

import ca.uhn.fhir.jpa.searchparam.SearchParameterMap;
import ca.uhn.fhir.rest.param.UriParam;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.hl7.fhir.r4.model.Resource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * CodeSystems, expanded ValueSets and ConceptMaps that are stored on this server and that a site reads documents by. They are looked for every
 * while, because they can be stored, changed and deleted while the server runs, by any server on the same database.
 *
 * @param <V> what one is made into
 */
public final class Terms<V> {

    private static final Logger LOG = LoggerFactory.getLogger(Terms.class);

    private static final List<String> TYPES = List.of("CodeSystem", "ValueSet", "ConceptMap");

    private final FhirStore store;
    private final Map<String, Function<Resource, V>> made;
    private final Duration rescan;
    private final Clock clock;
    private Map<String, String> versions = Map.of();
    private List<V> terms = List.of();
    private Instant looked = Instant.MIN;

    /** @param made what each is made into, by canonical address */
    Terms(FhirStore store, Map<String, Function<Resource, V>> made, Duration rescan, Clock clock) {
        this.store = store;
        this.made = new LinkedHashMap<>(made);
        this.rescan = rescan;
        this.clock = clock;
    }

    /** Of those that are stored here; the very same list as before if nothing has changed. */
    public synchronized List<V> current() {
        if (made.isEmpty() || looked.plus(rescan).isAfter(clock.instant())) {
            return terms;
        }
        var found = new LinkedHashMap<String, Resource>();
        made.keySet().forEach(url -> find(url).ifPresent(resource -> found.put(url, resource)));
        var now = new LinkedHashMap<String, String>();
        found.forEach((url, resource) -> now.put(url, resource.getId()));
        if (!now.equals(versions) || looked.equals(Instant.MIN)) {
            made.keySet().stream()
                    .filter(url -> !found.containsKey(url))
                    .forEach(url -> LOG.warn("Documents are read without {}: it is not stored here", url));
            var anew = new ArrayList<V>();
            found.forEach((url, resource) ->
                    anew.add(Optional.ofNullable(made.get(url)).orElseThrow().apply(resource)));
            terms = List.copyOf(anew);
            versions = now;
        }
        looked = clock.instant();
        return terms;
    }

    private Optional<Resource> find(String url) {
        return TYPES.stream()
                .flatMap(type -> store.search(type, new SearchParameterMap("url", new UriParam(url))).stream())
                .findFirst();
    }
}
