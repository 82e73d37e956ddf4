package org.auspex.kernel.model;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.auspex.kernel.features.Input;
import org.auspex.kernel.features.Requirements;
import org.auspex.kernel.features.Setting;
import org.auspex.kernel.images.Pipeline;
import org.auspex.kernel.images.Tiling;
import org.auspex.kernel.outcome.Output;

/**
 * A model as its {@code model.yaml} declares it.
 *
 * @param subjectType {@code Patient}, {@code Encounter}, {@code ImagingStudy} or {@code DocumentReference}
 * @param tensors of a network that its card describes by them; without outputs it can only be called
 * @param images the steps to a network of images and back; it has tensors as well
 * @param tiles of a slide that a network is shown beside values; it has tensors as well
 * @param words of a report that a network of images reads beside them
 * @param outputs at least one, but for a card of tensors alone, which has none
 * @param rollout where this version begins
 * @param folder where the card, the weights and the golden cases lie
 */
public record ModelCard(
        ModelId id,
        About about,
        String subjectType,
        Requirements requirements,
        EngineSpec engine,
        Optional<Signature> tensors,
        Optional<Pipeline> images,
        Optional<Tiling> tiles,
        Optional<Words> words,
        Optional<Scorecard> scorecard,
        Trigger trigger,
        List<Output> outputs,
        Rollout rollout,
        Path folder) {

    public ModelCard {
        outputs = List.copyOf(outputs);
    }

    /** Whether it says anything about a subject, or only computes tensors. */
    public boolean predicts() {
        return !outputs.isEmpty();
    }

    /** The output of a model that has one, the first of one that has several. */
    public Output output() {
        return outputs.get(0);
    }

    /** The choices that the site must make, by name. */
    public Map<String, Setting> settings() {
        return requirements.inputs().stream()
                .filter(input -> input.setting().isPresent())
                .collect(Collectors.toMap(Input::name, input -> input.setting().orElseThrow()));
    }

    /** The same card as a site has set it; names that the card does not declare are passed over. */
    public ModelCard with(Map<String, String> chosen) {
        var inputs = requirements.inputs().stream()
                .map(input -> Optional.ofNullable(chosen.get(input.name()))
                        .flatMap(choice -> input.setting()
                                .map(setting -> input.with(new Setting(setting.key(), Optional.of(choice)))))
                        .orElse(input))
                .toList();
        return new ModelCard(
                id,
                about,
                subjectType,
                new Requirements(requirements.eligible(), inputs),
                engine,
                tensors,
                images,
                tiles,
                words,
                scorecard,
                trigger,
                outputs,
                rollout,
                folder);
    }

    /** What people should know of a model. */
    public record About(String title, String intendedUse, String codeLicence, String weightsLicence) {}
}
