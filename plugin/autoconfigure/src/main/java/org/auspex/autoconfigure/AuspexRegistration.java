package org.auspex.autoconfigure;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.interceptor.api.IInterceptorService;
import ca.uhn.fhir.rest.server.RestfulServer;
import ca.uhn.fhir.rest.server.util.ISearchParamRegistry;
import java.time.Clock;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.auspex.interceptors.deletion.DeletionInterceptor;
import org.auspex.interceptors.notice.NoticeInterceptor;
import org.auspex.interceptors.notice.Noticing;
import org.auspex.interceptors.notice.Sweep;
import org.auspex.kernel.ModelFolders;
import org.auspex.kernel.Models;
import org.auspex.operations.predict.PredictProvider;
import org.auspex.store.JpaStore;
import org.auspex.worklist.Workers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Where Auspex is registered with its host, and when it begins to work. */
@Configuration(proxyBeanMethods = false)
class AuspexRegistration {

    private static final Logger LOG = LoggerFactory.getLogger(AuspexRegistration.class);

    /** HAPI strips versions from references unless told; what a result rests on is a version. */
    private static final Set<String> VERSIONED =
            Set.of("RiskAssessment.basis", "Provenance.target", "Provenance.entity.what", "Observation.derivedFrom");

    /** Storage hooks go on the JPA registry and providers on the server: on both, each hook would run twice. */
    @Bean
    SmartInitializingSingleton auspexDoors(
            FhirContext fhir,
            RestfulServer server,
            IInterceptorService storage,
            PredictProvider predict,
            Noticing noticing,
            JpaStore store) {
        return () -> {
            var paths = new HashSet<>(fhir.getParserOptions().getDontStripVersionsFromReferencesAtPaths());
            paths.addAll(VERSIONED);
            fhir.getParserOptions().setDontStripVersionsFromReferencesAtPaths(paths);
            server.registerProvider(predict);
            storage.registerInterceptor(new NoticeInterceptor(noticing));
            storage.registerInterceptor(new DeletionInterceptor(store.ownResources()));
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
            AuspexSettings settings) {
        return ready -> {
            store.publication(parameters).publish(fhir);
            workers.start(models, Clock.systemUTC());
            sweep.start(settings.worklist().sweep());
            folders.watch(settings.models().poll());
            LOG.info(
                    "Auspex serves {}; refused {}",
                    served(models),
                    models.refused().keySet());
        };
    }

    private static String served(Models models) {
        return models.active().stream()
                .map(card -> card.id() + " (" + card.engine().kind() + ")")
                .collect(Collectors.joining(", "));
    }
}
