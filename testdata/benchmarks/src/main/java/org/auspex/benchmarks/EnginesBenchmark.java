package org.auspex.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.apache.commons.statistics.descriptive.Quantile;
import org.auspex.kernel.inference.Engines;
import org.auspex.kernel.inference.InferenceFailed;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What Auspex costs over the bare predictor, and what its batches win, in one process, taken in turn. */
@Command(
        name = "engines",
        description = "Overhead of one caller, throughput of many, overload and memory, beside DJL's bare predictor.",
        mixinStandardHelpOptions = true)
final class EnginesBenchmark implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Option(names = "--models", description = "The shipped models; default ${DEFAULT-VALUE}.")
    private Path models = Path.of("testdata/models");

    @Option(names = "--rounds", description = "How often each thing is measured, in turn; default ${DEFAULT-VALUE}.")
    private int rounds = 5;

    @Option(names = "--seconds", description = "How long each measurement takes; default ${DEFAULT-VALUE}.")
    private int seconds = 3;

    @Option(names = "--inferences", description = "For the memory; default ${DEFAULT-VALUE}.")
    private int inferences = 100_000;

    @Option(names = "--cycles", description = "Of loading and unloading; default ${DEFAULT-VALUE}.")
    private int cycles = 200;

    @Option(names = "--only-cycles", description = "Leave out everything else.")
    private boolean onlyCycles;

    @Override
    public Integer call() throws IOException {
        Engines.prepare(Files.createTempDirectory("auspex-benchmark-djl"));
        if (onlyCycles) {
            cycles();
            return 0;
        }
        try (var tabular = Contender.tabular(models);
                var torch = Contender.convolutional("convolutional.pt");
                var onnx = Contender.convolutional("convolutional.onnx")) {
            var all = List.of(tabular, torch, onnx);
            agree(all);
            overhead(all);
            throughput(all);
            overload(all);
            memory(tabular);
            cycles();
        }
        return 0;
    }

    /** Both ways must give the same numbers, or the comparison is worth nothing. */
    private static void agree(List<Contender> all) {
        for (var contender : all) {
            var rows = contender.rows(3);
            try (var bare = contender.bare()) {
                var theirs = bare.predict(rows.values(), rows.shapes());
                if (!Arrays.equals(theirs, contender.ours(rows, Optional.empty()))) {
                    throw new IllegalStateException(contender.name() + " answers otherwise through Auspex");
                }
            }
        }
    }

    private void overhead(List<Contender> all) {
        var table = table(
                "One caller, one row: medians in microseconds, of %d rounds taken in turn".formatted(rounds),
                "network",
                "bare",
                "Auspex",
                "overhead");
        for (var contender : all) {
            var row = contender.rows(1);
            var theirs = new double[rounds];
            var ours = new double[rounds];
            var over = new double[rounds];
            try (var bare = contender.bare()) {
                for (int round = -1; round < rounds; round++) {
                    var bareMicros = median(() -> bare.predict(row.values(), row.shapes()));
                    var ourMicros = median(() -> contender.ours(row, Optional.empty()));
                    if (round >= 0) {
                        theirs[round] = bareMicros;
                        ours[round] = ourMicros;
                        over[round] = ourMicros - bareMicros;
                    }
                }
            }
            table.row(contender.name(), shown(middle(theirs)), shown(middle(ours)), shown(middle(over)));
        }
    }

    private double median(Runnable call) {
        var each = new ArrayList<Double>();
        var end = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
        while (System.nanoTime() - end < 0) {
            var begun = System.nanoTime();
            call.run();
            each.add((System.nanoTime() - begun) / 1e3);
        }
        return middle(each.stream().mapToDouble(Double::doubleValue).toArray());
    }

    private void throughput(List<Contender> all) {
        var table = table(
                "Many callers, one row each: rows per second and p95 in ms, medians of %d rounds".formatted(rounds),
                "network",
                "callers",
                "unbatched",
                "perfect batches (the limit)",
                "Auspex",
                "of the limit",
                "p95 unbatched",
                "p95 Auspex");
        for (var contender : all) {
            for (var callers : List.of(16, 64)) {
                var unbatched = new Figures();
                var limit = new Figures();
                var ours = new Figures();
                for (int round = -1; round < rounds; round++) {
                    unbatched.add(unbatched(contender, callers), round);
                    limit.add(limit(contender, callers), round);
                    ours.add(callers(contender.rows(1), callers, row -> contender.ours(row, Optional.empty())), round);
                }
                table.row(
                        contender.name(),
                        callers,
                        shown(unbatched.rate()),
                        shown(limit.rate()),
                        shown(ours.rate()),
                        "%.0f %%".formatted(100 * ours.rate() / limit.rate()),
                        "%.2f".formatted(unbatched.p95()),
                        "%.2f".formatted(ours.p95()));
            }
        }
    }

    /** Callers that share one bare predictor, which is not made for two threads at once. */
    private Run unbatched(Contender contender, int callers) {
        var lock = new ReentrantLock(true);
        try (var bare = contender.bare()) {
            return callers(contender.rows(1), callers, row -> {
                lock.lock();
                try {
                    bare.predict(row.values(), row.shapes());
                } finally {
                    lock.unlock();
                }
            });
        }
    }

    /** The same predictor fed by one thread with batches as large as there are callers. */
    private Run limit(Contender contender, int callers) {
        var batch = contender.rows(callers);
        try (var bare = contender.bare()) {
            var run = callers(batch, 1, rows -> bare.predict(rows.values(), rows.shapes()));
            return new Run(run.rate() * callers, run.p95());
        }
    }

    private Run callers(Contender.Rows rows, int callers, Consumer<Contender.Rows> call) {
        var times = new ConcurrentLinkedQueue<Double>();
        var begin = System.nanoTime();
        var end = begin + Duration.ofSeconds(seconds).toNanos();
        together(callers, caller -> {
            while (System.nanoTime() - end < 0) {
                var begun = System.nanoTime();
                call.accept(rows);
                times.add((System.nanoTime() - begun) / 1e6);
            }
        });
        var taken = (System.nanoTime() - begin) / 1e9;
        var each = times.stream().mapToDouble(Double::doubleValue).toArray();
        return new Run(each.length / taken, Quantile.withDefaults().evaluate(each, 0.95));
    }

    /** Calls arrive at twice the rate that the network can serve, each with time for 32 rows, but at least 50 ms. */
    private void overload(List<Contender> all) {
        var table = table(
                "Twice what it can do, 64 callers that keep to a timetable",
                "network",
                "capacity, rows/s",
                "asked, rows/s",
                "answered, rows/s",
                "answered after the deadline",
                "refused",
                "refusal p99 ms");
        for (var contender : all) {
            var capacity = callers(contender.rows(1), 64, row -> contender.ours(row, Optional.empty()));
            var deadline = Duration.ofNanos(Math.max(50_000_000, (long) (32 / capacity.rate() * 1e9)));
            table.row(overload(contender, capacity.rate(), deadline));
        }
    }

    private Object[] overload(Contender contender, double capacity, Duration deadline) {
        var row = contender.rows(1);
        var answered = new ConcurrentLinkedQueue<Double>();
        var refused = new ConcurrentLinkedQueue<Double>();
        var pause = (long) (64 / (2 * capacity) * 1e9);
        var begin = System.nanoTime();
        var end = begin + Duration.ofSeconds(seconds).toNanos();
        together(64, caller -> {
            var next = begin + caller * pause / 64;
            while (next - end < 0) {
                sleepUntil(next);
                var begun = System.nanoTime();
                try {
                    contender.ours(row, Optional.of(deadline));
                    answered.add((System.nanoTime() - begun) / 1e6);
                } catch (InferenceFailed e) {
                    refused.add((System.nanoTime() - begun) / 1e6);
                }
                next = Math.max(next + pause, System.nanoTime());
            }
        });
        var taken = (System.nanoTime() - begin) / 1e9;
        var late = answered.stream()
                .filter(milliseconds -> milliseconds > deadline.toNanos() / 1e6)
                .count();
        var refusals = refused.stream().mapToDouble(Double::doubleValue).toArray();
        return new Object[] {
            contender.name(),
            shown(capacity),
            shown((answered.size() + refused.size()) / taken),
            shown(answered.size() / taken),
            "%d of %d".formatted(late, answered.size()),
            refused.size(),
            refusals.length == 0
                    ? "none"
                    : "%.2f".formatted(Quantile.withDefaults().evaluate(refusals, 0.99))
        };
    }

    private void memory(Contender contender) {
        var row = contender.rows(1);
        for (int i = 0; i < inferences / 10; i++) {
            contender.ours(row, Optional.empty());
        }
        var before = residentMebibytes();
        for (int i = 0; i < inferences; i++) {
            contender.ours(row, Optional.empty());
        }
        var out = spec.commandLine().getOut();
        out.printf(
                "%nResident memory before and after %d inferences: %d and %d MiB%n",
                inferences, before, residentMebibytes());
    }

    /** Networks come and go; what they took must come back. */
    private void cycles() {
        var out = spec.commandLine().getOut();
        out.printf("%nResident memory while networks are loaded, used and unloaded:");
        for (int cycle = 0; cycle <= cycles; cycle++) {
            if (cycle % Math.max(1, cycles / 5) == 0) {
                out.printf(" %d after %d cycles;", residentMebibytes(), cycle);
                out.flush();
            }
            for (var file : List.of("convolutional.pt", "convolutional.onnx")) {
                try (var contender = Contender.convolutional(file)) {
                    contender.ours(contender.rows(1), Optional.empty());
                }
            }
        }
        out.println(" MiB");
    }

    private static long residentMebibytes() {
        System.gc();
        return ServerProcess.residentMebibytes(ProcessHandle.current().pid());
    }

    private static void together(int threads, java.util.function.IntConsumer work) {
        var all = new ArrayList<Thread>();
        for (int i = 0; i < threads; i++) {
            var number = i;
            var thread = new Thread(() -> work.accept(number));
            thread.start();
            all.add(thread);
        }
        try {
            for (var thread : all) {
                thread.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static void sleepUntil(long nanoTime) {
        java.util.concurrent.locks.LockSupport.parkNanos(Math.max(0, nanoTime - System.nanoTime()));
    }

    private Table table(String title, String... headings) {
        var out = spec.commandLine().getOut();
        out.printf("%n%s%n%n", title);
        return new Table(out, headings);
    }

    private static double middle(double... values) {
        return Quantile.withDefaults().evaluate(values, 0.5);
    }

    private static String shown(double figure) {
        return "%,.0f".formatted(figure);
    }

    /** Rows per second, and the time that 95 % of calls took at most, in milliseconds. */
    private record Run(double rate, double p95) {}

    /** What several rounds measured; the first, which warms up, is left out. */
    private static final class Figures {

        private final List<Run> runs = new ArrayList<>();

        void add(Run run, int round) {
            if (round >= 0) {
                runs.add(run);
            }
        }

        double rate() {
            return middle(runs.stream().mapToDouble(Run::rate).toArray());
        }

        double p95() {
            return middle(runs.stream().mapToDouble(Run::p95).toArray());
        }
    }
}
