package org.auspex.autoconfigure;

import ca.uhn.fhir.rest.server.util.ISearchParamRegistry;
import org.auspex.kernel.Models;
import org.auspex.kernel.watch.Tallies;
import org.auspex.store.JpaStore;
import org.auspex.store.ModelWatch;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;

/** Watching how models fare while they serve. */
class AuspexWatch {

    @Bean
    Tallies auspexTallies() {
        return new Tallies();
    }

    @Bean(destroyMethod = "close")
    ModelWatch auspexModelWatch(
            JpaStore store, Tallies tallies, Models models, ISearchParamRegistry parameters, AuspexSettings settings) {
        var watch = settings.watch();
        return store.watch(
                tallies, models, parameters, new ModelWatch.Terms(watch.period(), watch.window(), watch.keep()));
    }

    @Bean
    ApplicationListener<ApplicationReadyEvent> auspexWatchStart(ModelWatch watch, AuspexSettings settings) {
        return ready -> {
            if (settings.watch().enabled()) {
                watch.start();
            }
        };
    }
}
