package org.auspex.autoconfigure;

import java.time.Clock;
import org.auspex.kernel.ModelFolders;
import org.auspex.kernel.ModelLoader;
import org.auspex.kernel.Models;
import org.auspex.kernel.adaptation.Adaptation;
import org.auspex.kernel.adaptation.Adaptations;
import org.auspex.kernel.evidence.LabelSource;
import org.auspex.kernel.evidence.PictureSource;
import org.auspex.operations.adapt.AdaptProvider;
import org.auspex.operations.adapt.AdaptStatusProvider;
import org.auspex.operations.adapt.NamedStudies;
import org.auspex.store.JpaStore;
import org.springframework.context.annotation.Bean;

/** Learning from a few labelled images, in the background. */
class AuspexAdaptation {

    private static final Clock CLOCK = Clock.systemUTC();

    @Bean(destroyMethod = "close")
    Adaptations auspexAdaptations(
            Models models, ModelLoader loader, ModelFolders folders, AuspexSettings settings, Home home) {
        return new Adaptations(new Adaptation(models, loader, folders, home.models(settings.models()), CLOCK));
    }

    @Bean
    AdaptProvider auspexAdaptProvider(
            Models models, LabelSource labels, PictureSource pictures, Adaptations adaptations, JpaStore store) {
        var studies = new NamedStudies(store.subjects(), labels, pictures);
        return new AdaptProvider(models, studies, adaptations, store.rollouts());
    }

    @Bean
    AdaptStatusProvider auspexAdaptStatusProvider(Adaptations adaptations) {
        return new AdaptStatusProvider(adaptations);
    }
}
