package org.auspex.autoconfigure;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.interceptor.api.IInterceptorService;
import ca.uhn.fhir.rest.server.RestfulServer;
import ca.uhn.fhir.rest.server.util.ISearchParamRegistry;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.auspex.interceptors.deletion.DeletionInterceptor;
import org.auspex.interceptors.notice.NoticeInterceptor;
import org.auspex.interceptors.notice.Sweep;
import org.auspex.kernel.ModelFolders;
import org.auspex.kernel.Models;
import org.auspex.kernel.model.ModelCard;
import org.auspex.operations.adapt.AdaptProvider;
import org.auspex.operations.adapt.AdaptStatusProvider;
import org.auspex.operations.consult.ConsultProvider;
import org.auspex.operations.evaluate.EvaluateProvider;
import org.auspex.operations.evaluate.EvaluateStatusProvider;
import org.auspex.operations.job.JobStatusProvider;
import org.auspex.operations.predict.PredictProvider;
import org.auspex.operations.rollout.RolloutProvider;
import org.auspex.operations.summarize.SummarizeProvider;
import org.auspex.store.CalibrationInbox;
import org.auspex.store.JpaStore;
import org.auspex.store.Publication;
import org.auspex.worklist.Workers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;

/** Where Auspex is registered with its host, and when it begins to work. */
class AuspexRegistration {

    private static final Logger LOG = LoggerFactory.getLogger(AuspexRegistration.class);

    /** HAPI strips versions from references unless told; what a result rests on is a version. */
    private static final Set<String> VERSIONED = Set.of(
            "RiskAssessment.basis",
            "Provenance.target",
            "Provenance.entity.what",
            "Observation.derivedFrom",
            "DetectedIssue.implicated",
            "DetectedIssue.evidence.detail",
            "Communication.payload.extension",
            "Composition.section.entry",
            "Composition.section.extension",
            "Composition.section.section.entry",
            "Composition.section.section.extension",
            "DocumentReference.relatesTo.target",
            "Condition.evidence.detail",
            "Condition.extension",
            "Observation.extension",
            "List.entry.extension");

    /**
     * Storage hooks go on the JPA registry and providers on the server: on both, each hook would run twice. The starter's
     * keys put whatever they name on the server, before this; a hook is taken off it again, and a provider left as it is.
     */
    @Bean
    SmartInitializingSingleton auspexDoors(
            FhirContext fhir,
            RestfulServer server,
            IInterceptorService storage,
            PredictProvider predict,
            RolloutProvider rollout,
            JobStatusProvider jobs,
            AdaptProvider adapt,
            AdaptStatusProvider adaptations,
            EvaluateProvider evaluate,
            EvaluateStatusProvider evaluations,
            SummarizeProvider summarize,
            ConsultProvider consult,
            NoticeInterceptor notice,
            DeletionInterceptor deletion) {
        return () -> {
            var paths = new HashSet<>(fhir.getParserOptions().getDontStripVersionsFromReferencesAtPaths());
            paths.addAll(VERSIONED);
            fhir.getParserOptions().setDontStripVersionsFromReferencesAtPaths(paths);
            Stream.of(predict, jobs, rollout, adapt, adaptations, evaluate, evaluations, summarize, consult)
                    .filter(provider -> !server.getPlainProviders().contains(provider))
                    .forEach(server::registerProvider);
            List.of(notice, deletion).forEach(hooks -> {
                server.unregisterInterceptor(hooks);
                storage.registerInterceptor(hooks);
            });
        };
    }

    /** Work begins when the host is ready, so that a slow first prediction does not slow its start. */
    @Bean
    ApplicationListener<ApplicationReadyEvent> auspexStart(
            FhirContext fhir,
            JpaStore store,
            ISearchParamRegistry parameters,
            Workers workers,
            Sweep sweep,
            Models models,
            ModelFolders folders,
            CalibrationInbox calibrations,
            AuspexSettings settings) {
        return ready -> {
            publish(store.publication(parameters), fhir);
            workers.start(models, Clock.systemUTC());
            sweep.start(settings.worklist().sweep());
            folders.watch(settings.models().poll());
            calibrations.watch(settings.models().poll());
            LOG.info(
                    "Auspex {} with engines {} serves {}; refused {}",
                    version(),
                    joined(models, card -> card.engine().kind().name().toLowerCase(Locale.ROOT)),
                    joined(models, card -> card.id().toString()),
                    models.refused().keySet());
        };
    }

    private static String joined(Models models, Function<ModelCard, String> name) {
        return models.active().stream().map(name).distinct().sorted().collect(Collectors.joining(", "));
    }

    /** What a host does not let us publish (it may keep types out of its store) is no reason to stop the host. */
    private static void publish(Publication publication, FhirContext fhir) {
        try {
            publication.publish(fhir);
        } catch (RuntimeException e) {
            LOG.error("What Auspex publishes could not all be stored; clients may miss search parameters", e);
        }
    }

    static String version() {
        return Objects.requireNonNullElse(
                AuspexRegistration.class.getPackage().getImplementationVersion(), "unpackaged");
    }
}
