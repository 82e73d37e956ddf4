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
            assertThat(models.refused()).isEmpty();
            assertThat(models.active())
                    .extracting(card -> card.id())
                    .contains(
                            new ModelId("news2", "1.0.0"),
                            new ModelId("coronary-disease", "1.0.0"),
                            new ModelId("missed-diagnosis", "1.0.0"));
        }
    }
}
