package org.auspex.kernel.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.auspex.terminology.Units;

/** Reads the card of a model folder, or says everything that is wrong with it. */
public final class CardReader {

    /** The file that makes a folder a model. */
    public static final String CARD = "model.yaml";

    private static final String LATER = "mend its shape first";

    private final List<CardRule> rules;
    private final WeightsPolicy policy;

    /**
     * @param units for the units that cards name
     * @param more rules of those who know FHIR
     */
    public CardReader(Units units, List<CardRule> more) {
        this(units, more, WeightsPolicy.STRICT);
    }

    /**
     * @param units for the units that cards name
     * @param more rules of those who know FHIR
     * @param policy for the weights
     */
    public CardReader(Units units, List<CardRule> more, WeightsPolicy policy) {
        var all = new ArrayList<CardRule>(List.of(
                new CardSchema(),
                new EngineRule(),
                new EncoderRule(),
                new ImagesRule(),
                new TilesRule(),
                new InputRule(units),
                new OutputRule(),
                new NoteRule(units),
                new ScorecardRule(),
                new GuardRule(),
                new FollowUpStepRule(),
                new FormulaRule()));
        all.addAll(more);
        this.rules = List.copyOf(all);
        this.policy = policy;
    }

    /**
     * Reads {@code folder/model.yaml} and checks the weights beside it.
     *
     * @throws CardRefused with every problem at once, each with its line and the fix
     */
    public ModelCard read(Path folder) throws CardRefused {
        var yaml = parse(folder);
        var problems = new ArrayList<Problem>();
        rules.forEach(rule -> run(rule, yaml, problems));
        run(new WeightsRule(folder, policy), yaml, problems);
        run(new TrainingRule(folder), yaml, problems);
        run(new TextRule(folder), yaml, problems);
        var parts = new PartsRule(folder, this);
        run(parts, yaml, problems);
        problems.removeIf(problem -> problem.fix().equals(LATER) && problems.size() > 1);
        if (!problems.isEmpty()) {
            problems.sort(Comparator.comparingInt(Problem::line));
            throw new CardRefused(folder, problems.stream().distinct().toList());
        }
        try {
            return new CardMapper(folder, parts.parts()).card(yaml.root());
        } catch (IllegalArgumentException | DateTimeException | ArithmeticException e) {
            throw new CardRefused(
                    folder, List.of(new Problem(1, "a value cannot be read: " + e.getMessage(), "mend it")));
        }
    }

    /** The version that a folder's card names as its encoder; empty if it names none, or cannot be read. */
    public static Optional<ModelId> encoder(Path folder) {
        try {
            return CardMapper.text(parse(folder).root().path("engine"), "encoder")
                    .filter(named -> named.matches("[a-z0-9-]+\\|[0-9.]+"))
                    .map(ModelId::parse);
        } catch (CardRefused e) {
            return Optional.empty();
        }
    }

    private static Yaml parse(Path folder) throws CardRefused {
        try {
            return Yaml.parse(Files.readString(folder.resolve(CARD)));
        } catch (Yaml.Unreadable e) {
            throw new CardRefused(folder, List.of(e.problem()));
        } catch (IOException e) {
            throw new CardRefused(
                    folder,
                    List.of(new Problem(
                            0,
                            CARD + " cannot be read: " + e.getMessage(),
                            "write it as UTF-8 text, readable by the server")));
        }
    }

    private static void run(CardRule rule, Yaml yaml, List<Problem> problems) {
        try {
            rule.check(yaml.root(), (pointer, text) -> {
                var dash = text.lastIndexOf(" - ");
                problems.add(
                        dash < 0
                                ? new Problem(yaml.line(pointer), text, "")
                                : new Problem(yaml.line(pointer), text.substring(0, dash), text.substring(dash + 3)));
            });
        } catch (NullPointerException | IllegalArgumentException e) {
            // The card has a shape the rule did not expect: the schema says so too, and more clearly.
            problems.add(new Problem(1, "the card cannot be checked further: " + e.getMessage(), LATER));
        }
    }
}
