package org.auspex.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every {@code sh} block of the documentation that calls the server is run as it stands, on the demonstration patients.
 * Where a {@code json} block follows, its probabilities, rationales, diagnostics and sentences of answers must be in the answer.
 */
class DocumentationIT {

    private static final Path ROOT = Path.of("../..");
    private static final Pattern BLOCK = Pattern.compile("```(sh|json)\n(.*?)\n```", Pattern.DOTALL);
    private static final Pattern TOLD = Pattern.compile(
            "\"(?:rationale|diagnostics|contentString)\": \"([^\"]*)\"|(\"probabilityDecimal\": [0-9.]+|\"data\": \\[[0-9.]+\\])");

    @SuppressWarnings("NullAway.Init")
    private static RunningServer server;

    @BeforeAll
    static void start() {
        server = RunningServer.start("--spring.profiles.active=demo");
        assertThat(RunningServer.eventually(
                        Duration.ofSeconds(30),
                        () -> server.results("demo-sepsis").stream().findFirst()))
                .isPresent();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /** A block to run, and what the page says of its answer. */
    record Example(String page, String shell, List<String> told) {
        @Override
        public String toString() {
            return page + ": " + shell.lines().limit(2).toList();
        }
    }

    static Stream<Example> examples() throws IOException {
        try (Stream<Path> pages = Files.walk(ROOT.resolve("docs"))) {
            return Stream.concat(Stream.of(ROOT.resolve("README.md")), pages)
                    .filter(page -> page.toString().endsWith(".md"))
                    .sorted()
                    .flatMap(page -> examples(page).stream())
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void answersAsThePageSays(Example example) throws Exception {
        var output = run(
                example.shell().replace("http://localhost:8080", server.base().replace("/fhir", "")));

        assertThat(output).isNotBlank();
        for (var answer : answers(output)) {
            assertThat(new ObjectMapper().readTree(answer).isObject()).isTrue();
        }
        for (var told : example.told()) {
            assertThat(output.replace(" ", "")).contains(told.replace(" ", ""));
        }
        if (example.told().stream().noneMatch(told -> told.contains("abstain"))) {
            assertThat(output).doesNotContain("\"severity\": \"error\"");
        }
    }

    private static List<Example> examples(Path page) {
        try {
            var examples = new ArrayList<Example>();
            var blocks = BLOCK.matcher(Files.readString(page));
            while (blocks.find()) {
                if (blocks.group(1).equals("sh") && blocks.group(2).contains("http://localhost:8080/")) {
                    examples.add(new Example(ROOT.relativize(page).toString(), blocks.group(2), new ArrayList<>()));
                } else if (blocks.group(1).equals("json") && !examples.isEmpty()) {
                    var last = examples.get(examples.size() - 1);
                    if (last.told().isEmpty()) {
                        last.told().addAll(told(blocks.group(2)));
                    }
                }
            }
            return examples;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** What stands before and after a (…), which the pages write for what they leave out. */
    private static List<String> told(String json) {
        return TOLD.matcher(json)
                .results()
                .flatMap(found -> Stream.of(Optional.ofNullable(found.group(1))
                        .orElse(found.group(2))
                        .split("\\(…\\)")))
                .filter(text -> !text.isBlank())
                .toList();
    }

    /** The blocks of JSON that the commands printed, one after the other. */
    private static List<String> answers(String output) {
        return List.of(output.strip().split("(?<=\n})\\s*(?=\\{)"));
    }

    private static String run(String shell) throws IOException, InterruptedException {
        var process = new ProcessBuilder("bash", "-e", "-c", shell)
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(output).isZero();
        return output;
    }
}
