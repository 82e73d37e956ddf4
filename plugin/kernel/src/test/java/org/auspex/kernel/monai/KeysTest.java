package org.auspex.kernel.monai;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.auspex.kernel.images.Spacing;
import org.auspex.kernel.images.Step;
import org.auspex.kernel.model.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which arguments of a transform of several keys are the image's. */
class KeysTest {

    @TempDir
    private Path folder;

    private final List<Problem> problems = new ArrayList<>();

    @Test
    void takesTheValueThatStandsWhereTheKeyDoes() throws IOException {
        assertThat(
                        steps(
                                "{'_target_': 'Spacingd', 'keys': ['label', '@key'], 'pixdim': [1, 2, 3], 'mode': ['nearest', 'bilinear']}"))
                .containsExactly(new Spacing(List.of(1.0, 2.0, 3.0), false, false));
        assertThat(problems).isEmpty();
    }

    @Test
    void takesOneValueForAllKeys() throws IOException {
        assertThat(steps("{'_target_': 'SpacingD', 'keys': ['label', 'image'], 'pixdim': [2], 'mode': ['nearest']}"))
                .containsExactly(new Spacing(List.of(2.0), false, true));
        assertThat(problems).isEmpty();
    }

    @Test
    void leavesOutWhatIsDisabled() throws IOException {
        assertThat(steps("{'_target_': 'Unheard', '_disabled_': true}")).isEmpty();
        assertThat(problems).isEmpty();
    }

    @Test
    void saysThatATransformIsUnknownRatherThanThatItsKeyIs() throws IOException {
        assertThat(steps("{'_target_': 'Unheardd', 'keys': 'label'}")).isEmpty();
        assertThat(problems)
                .singleElement()
                .satisfies(problem -> assertThat(problem.what()).endsWith("the transform 'Unheardd' is not known"));
    }

    private List<Step> steps(String transform) throws IOException {
        Files.writeString(
                folder.resolve("it.json"), "{\"key\": \"image\", \"list\": [" + transform.replace('\'', '"') + "]}");
        var configuration = Configuration.read(folder, List.of("it.json"));
        return new Transforms("image", Preprocessing::steps, problems)
                .of(Component.of(configuration, configuration.at("list").orElseThrow()));
    }
}
