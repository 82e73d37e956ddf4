package org.auspex.kernel.model;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.auspex.kernel.features.Criteria;
import org.auspex.kernel.features.Input;
import org.auspex.kernel.features.Requirements;
import org.auspex.kernel.features.Setting;
import org.auspex.kernel.features.Source;
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
 * @param text how a network reads text; it has tensors as well, and no outputs
 * @param parts models that it asks about the same subject; none of most
 * @param rules of a card whose engine is a list of rules; none of any other
 * @param outputs at least one, but for a card of tensors alone, which has none
 * @param training what the rows it was trained on were like; empty if the card does not tell
 * @param followUp what should be done after a result, and by when
 * @param warning which results warn; empty of most
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
        Optional<TextReading> text,
        Optional<Scorecard> scorecard,
        List<Part> parts,
        List<Rule> rules,
        Trigger trigger,
        List<Output> outputs,
        Optional<Training> training,
        List<FollowUpStep> followUp,
        Optional<Warning> warning,
        Rollout rollout,
        Path folder) {

    public ModelCard {
        parts = List.copyOf(parts);
        rules = List.copyOf(rules);
        followUp = List.copyOf(followUp);
        outputs = List.copyOf(outputs);
    }

    /** What answers any of its rules, wherever in the record that stands. */
    public List<Criteria> answers() {
        return rules.stream()
                .flatMap(rule -> rule.answers().stream())
                .flatMap(input -> input.sources().stream())
                .map(Source::from)
                .distinct()
                .toList();
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
                text,
                scorecard,
                parts,
                rules,
                trigger,
                outputs,
                training,
                followUp,
                warning,
                rollout,
                folder);
    }

    /** What people should know of a model. */
    public record About(String title, String intendedUse, String codeLicence, String weightsLicence) {}
}
