package org.auspex.store;

import ca.uhn.fhir.context.support.ConceptValidationOptions;
import ca.uhn.fhir.context.support.IValidationSupport;
import ca.uhn.fhir.context.support.ValidationSupportContext;
import ca.uhn.fhir.jpa.searchparam.SearchParameterMap;
import ca.uhn.fhir.rest.param.UriParam;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.auspex.kernel.evidence.Vocabulary;
import org.auspex.terminology.Code;
import org.auspex.terminology.Members;
import org.hl7.fhir.r4.model.ConceptMap;
import org.hl7.fhir.r4.model.ValueSet;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * The ValueSets and ConceptMaps that are stored on this server; where a ValueSet is not stored, the one that Auspex
 * ships. What was read is kept for a while, and forgotten when this server stores another.
 */
public final class JpaVocabulary implements Vocabulary {

    /** Another server on the same database may have stored something that this one was not told of. */
    private static final Duration KEPT = Duration.ofSeconds(30);

    private final FhirStore store;
    private final IValidationSupport terminology;
    private final Vocabulary shipped;
    private final Clock clock;
    private final AtomicReference<Known> known = new AtomicReference<>(Known.NOTHING);

    JpaVocabulary(FhirStore store, IValidationSupport terminology, Vocabulary shipped, Clock clock) {
        this.store = store;
        this.terminology = terminology;
        this.shipped = shipped;
        this.clock = clock;
    }

    @Override
    public boolean isMember(String valueSet, Code code) {
        var set = valueSet(valueSet);
        if (set.isEmpty()) {
            return shipped.isMember(valueSet, code);
        }
        return set.get().members().map(members -> members.contains(code)).orElseGet(() -> isValid(valueSet, code));
    }

    @Override
    public List<Code> meanings(Code code) {
        return maps().meanings(code);
    }

    @Override
    public List<Code> spellings(Code code) {
        return maps().spellings(code);
    }

    @Override
    public Optional<String> problem(String valueSet) {
        return valueSet(valueSet).isPresent() ? Optional.empty() : shipped.problem(valueSet);
    }

    /** Forgets what was read, now and once the transaction under way has ended, whichever way it ends. */
    public void forget() {
        known.set(Known.NOTHING);
        if (TransactionSynchronizationManager.isSynchronizationActive()) {
            TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                @Override
                public void afterCompletion(int status) {
                    known.set(Known.NOTHING);
                }
            });
        }
    }

    /** A ValueSet that leans on a hierarchy is decided by HAPI's own terminology service. */
    private boolean isValid(String valueSet, Code code) {
        var result = terminology.validateCode(
                new ValidationSupportContext(terminology),
                new ConceptValidationOptions(),
                code.system(),
                code.code(),
                null,
                valueSet);
        return result != null && result.isOk();
    }

    private Optional<StoredSet> valueSet(String url) {
        return current().sets().computeIfAbsent(url, this::read);
    }

    private Optional<StoredSet> read(String url) {
        return store.search("ValueSet", new SearchParameterMap("url", new UriParam(url))).stream()
                .map(ValueSet.class::cast)
                .findFirst()
                .map(set -> new StoredSet(Members.of(set)));
    }

    private LocalCodes maps() {
        var now = current();
        return now.maps().orElseGet(() -> {
            var maps = new ArrayList<ConceptMap>();
            store.search("ConceptMap", new SearchParameterMap()).forEach(map -> maps.add((ConceptMap) map));
            var codes = LocalCodes.of(maps);
            // If all was forgotten in the meantime, what was read here may be old: it is used once and not kept.
            known.compareAndSet(now, new Known(now.since(), Optional.of(codes), now.sets()));
            return codes;
        });
    }

    private Known current() {
        var now = Objects.requireNonNull(known.get());
        if (now.since().plus(KEPT).isBefore(clock.instant())) {
            var anew = new Known(clock.instant(), Optional.empty(), new ConcurrentHashMap<>());
            return known.compareAndSet(now, anew) ? anew : current();
        }
        return now;
    }

    /** What was read, since when. */
    private record Known(Instant since, Optional<LocalCodes> maps, Map<String, Optional<StoredSet>> sets) {

        private static final Known NOTHING = new Known(Instant.MIN, Optional.empty(), Map.of());
    }

    /**
     * A ValueSet that is stored here.
     *
     * @param members empty if it does not say by itself what they are
     */
    private record StoredSet(Optional<Members> members) {}
}
