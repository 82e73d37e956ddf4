package org.auspex.kernel.inference;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.auspex.kernel.inference.TextWindows.Window;
import org.auspex.kernel.inference.Tokenizer.Pieces;
import org.auspex.kernel.model.Signature;
import org.auspex.kernel.model.TextReading;

/** A network that reads text: it finds things in it, or tells what it is about as a vector. */
public final class TextModel extends TensorModel {

    private final TextReading reading;
    private final Tokenizer tokenizer;

    TextModel(String name, Signature network, Batcher batcher, TextReading reading, Tokenizer tokenizer) {
        super(name, network, batcher);
        this.reading = reading;
        this.tokenizer = tokenizer;
    }

    /**
     * What each text names, in the order of its words.
     *
     * @throws TensorRefused if it gives vectors instead
     * @throws InferenceFailed if there is no answer, and why
     */
    public List<List<Entity>> entities(List<String> texts, Priority priority) {
        if (!(reading.says() instanceof TextReading.Entities entities)) {
            throw new TensorRefused("%s finds nothing in text; its card has no entities:".formatted(name()));
        }
        var pieces = texts.stream().map(tokenizer::of).toList();
        var labels = pieces.stream()
                .map(text -> new PieceLabels(text.pieces(), entities.labels()))
                .toList();
        answers(pieces, priority)
                .forEach(answer -> labels.get(answer.window().text())
                        .see(answer.window(), answer.numbers(entities.labels().size())));
        return labels.stream().map(PieceLabels::entities).toList();
    }

    /**
     * A vector of length 1 for each text; of a text of several windows their mean.
     *
     * @throws TensorRefused if it finds things instead
     * @throws InferenceFailed if there is no answer, and why
     */
    public List<float[]> embeddings(List<String> texts, Priority priority) {
        if (!(reading.says() instanceof TextReading.Embedding)) {
            throw new TensorRefused("%s gives no vectors of texts; its card has no embedding:".formatted(name()));
        }
        var pieces = texts.stream().map(tokenizer::of).toList();
        var sums = new ArrayList<Optional<double[]>>();
        texts.forEach(text -> sums.add(Optional.empty()));
        for (var answer : answers(pieces, priority)) {
            var mean = answer.mean();
            sums.set(
                    answer.window().text(),
                    Optional.of(sums.get(answer.window().text())
                            .map(sum -> added(sum, mean))
                            .orElse(mean)));
        }
        return sums.stream().map(Optional::orElseThrow).map(this::unit).toList();
    }

    private static double[] added(double[] one, double[] other) {
        return IntStream.range(0, one.length)
                .mapToDouble(i -> one[i] + other[i])
                .toArray();
    }

    private float[] unit(double[] vector) {
        double squares = 0;
        for (var number : vector) {
            squares += number * number;
        }
        if (!(squares > 0) || Double.isInfinite(squares)) {
            throw new InferenceFailed(
                    InferenceFailed.Kind.FAULT, "%s answered a vector without a direction".formatted(name()));
        }
        var unit = new float[vector.length];
        for (int i = 0; i < unit.length; i++) {
            unit[i] = (float) (vector[i] / Math.sqrt(squares));
        }
        return unit;
    }

    /** What the network says of all windows. Those of like length are asked together. */
    private List<Answer> answers(List<Pieces> texts, Priority priority) {
        var windows = new ArrayList<>(TextWindows.of(texts, reading.most()));
        windows.sort(Comparator.comparingInt(Window::length));
        var answers = new ArrayList<Answer>();
        for (int from = 0; from < windows.size(); from += maxRows()) {
            var together = windows.subList(from, Math.min(from + maxRows(), windows.size()));
            var said = infer(TextWindows.tensors(together, signature().inputs()), priority, Optional.empty()).stream()
                    .filter(tensor -> tensor.name().equals(reading.says().tensor()))
                    .findFirst()
                    .orElseThrow();
            requireFinite(said);
            for (int row = 0; row < together.size(); row++) {
                answers.add(new Answer(together.get(row), said.rows(row, row + 1)));
            }
        }
        return answers;
    }

    private void requireFinite(Tensor said) {
        var numbers = said.data().asFloatBuffer();
        while (numbers.hasRemaining()) {
            if (!Float.isFinite(numbers.get())) {
                throw new InferenceFailed(
                        InferenceFailed.Kind.FAULT, "%s answered what is no number".formatted(name()));
            }
        }
    }

    /** @param said one row, [1, n] or [1, pieces, n] */
    private record Answer(Window window, Tensor said) {

        private int width() {
            return Math.toIntExact(said.shape().get(said.shape().size() - 1));
        }

        /** [pieces of the window's text, n], without what begins and ends any text. */
        float[][] numbers(int n) {
            var all = said.data().asFloatBuffer();
            var before = window.pieces().before().size();
            var numbers = new float[window.to() - window.from()][n];
            for (int i = 0; i < numbers.length; i++) {
                all.position((before + i) * width()).get(numbers[i]);
            }
            return numbers;
        }

        /** Over everything that the network was shown, or what it said itself. */
        double[] mean() {
            var all = said.data().asFloatBuffer();
            var rows = said.shape().size() == 2 ? 1 : window.length();
            var mean = new double[width()];
            for (int i = 0; i < rows * mean.length; i++) {
                mean[i % mean.length] += (double) all.get(i) / rows;
            }
            return mean;
        }
    }

    @Override
    void close() {
        super.close();
        tokenizer.close();
    }
}
