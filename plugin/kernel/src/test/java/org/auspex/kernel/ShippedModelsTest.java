package org.auspex.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.auspex.kernel.model.ModelId;
import org.junit.jupiter.api.Test;

class ShippedModelsTest {

    @Test
    void everyShippedModelPassesItsGoldenCases() throws IOException {
        try (var models = Kernel.loader().loadAll(List.of(Kernel.SHIPPED, Kernel.GUARD))) {
            // They read documents or ask a language model, which nothing in the kernel does; the server's tests load
            // them.
            assertThat(models.refused())
                    .containsOnlyKeys("note-facts|1.0.0", "differential|1.0.0", "differential-zh|1.0.0");
            assertThat(models.active())
                    .extracting(card -> card.id())
                    .contains(
                            new ModelId("news2", "1.0.0"),
                            new ModelId("coronary-disease", "1.0.0"),
                            new ModelId("missed-diagnosis", "1.0.0"));
        }
    }
}
