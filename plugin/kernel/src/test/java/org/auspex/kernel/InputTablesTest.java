package org.auspex.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.auspex.kernel.features.Input;
import org.auspex.kernel.model.CardRefused;
import org.auspex.kernel.model.ModelCard;
import org.auspex.terminology.Code;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The page of every shipped model names each input, and each code, ValueSet and word that the card accepts for it. */
class InputTablesTest {

    private static final Path PAGES = Path.of("../../docs/models");

    static Stream<String> models() throws IOException {
        try (var folders = Files.list(Kernel.SHIPPED)) {
            return folders
                    .filter(folder -> Files.isDirectory(folder.resolve("1.0.0")))
                    .map(folder -> folder.getFileName().toString())
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("models")
    void thePageNamesAllThatTheCardAccepts(String model) throws IOException, CardRefused {
        var card = Kernel.cards().read(Kernel.SHIPPED.resolve(model).resolve("1.0.0"));
        var page = Files.readString(PAGES.resolve(model + ".md")).toLowerCase(Locale.ROOT);

        assertThat(accepted(card).filter(word -> !page.contains(word.toLowerCase(Locale.ROOT))))
                .isEmpty();
    }

    private static Stream<String> accepted(ModelCard card) {
        // Those of models that it asks stand on their pages.
        return card.requirements().inputs().stream()
                .filter(input -> !input.name().contains("/"))
                .flatMap(input -> Stream.concat(Stream.of("`" + input.name() + "`"), accepted(input)));
    }

    private static Stream<String> accepted(Input input) {
        var sources = input.sources().stream()
                .flatMap(source -> words(source.from().codes(), source.from().valueSets(), List.of()));
        var categories = input.categories().stream()
                .flatMap(category -> words(category.codes(), category.valueSets(), category.texts()));
        return Stream.concat(sources, categories);
    }

    private static Stream<String> words(List<Code> codes, List<String> valueSets, List<String> texts) {
        return Stream.of(
                        codes.stream().map(Code::code),
                        valueSets.stream().map(url -> url.substring(url.lastIndexOf('/') + 1)),
                        texts.stream())
                .flatMap(words -> words);
    }
}
