package org.auspex.kernel.inference;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.Trainer;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Optimizer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import org.auspex.kernel.model.ModelId;

/**
 * Trains a head on the maps of its encoder, which is asked where it is served and stays as it is. The loss is cross-entropy plus
 * the overlap (soft Dice), the optimiser Adam, as in {@code fewshot.py}.
 */
public final class HeadTraining {

    private static final float LARGEST_GRADIENT = 1;
    private static final int[] PIXELS = {1, 2, 3};
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final int PATIENCE = 60;

    private final Encoding encoding;
    private final TrainingPlan plan;

    public HeadTraining(ModelId encoder, Encoders encoders, TrainingPlan plan) {
        this.encoding = new Encoding(encoder, encoders);
        this.plan = plan;
    }

    /** Hears how it goes. What it throws ends the training. */
    public interface Listener {

        void stepped(int done, int of, double loss);

        /** The encoder has no time at present. */
        void waiting();
    }

    /**
     * Trains.
     *
     * @param head scripted TorchScript: the image and the encoder's maps in, logits of the mask out
     * @return TorchScript of the same network with other weights
     * @throws InferenceFailed if the head does not load, or it or its encoder fails
     * @throws CancellationException if the thread is interrupted
     */
    public byte[] train(byte[] head, Examples examples, Listener listener) {
        try (var model = Model.newInstance("head", "PyTorch")) {
            model.load(new ByteArrayInputStream(head), null);
            // What was written after an earlier training is in the mode of use.
            JniUtils.enableTrainingMode((PtSymbolBlock) model.getBlock());
            steps(model, new Crops(examples, plan.crop(), new Random(plan.seed())), listener);
            return written((PtSymbolBlock) model.getBlock());
        } catch (CancellationException e) {
            // It is an IllegalStateException too, as DJL's are.
            throw e;
        } catch (IOException | MalformedModelException | EngineException | IllegalStateException e) {
            throw new InferenceFailed(InferenceFailed.Kind.FAULT, "The head cannot be trained", e);
        }
    }

    private void steps(Model model, Crops crops, Listener listener) {
        var optimizer = Optimizer.adam()
                .optLearningRateTracker((parameter, update) -> plan.rate(update - 1))
                .optClipGrad(LARGEST_GRADIENT)
                .build();
        // The loss of the configuration is not used; it must be there.
        var configuration = new DefaultTrainingConfig(Loss.l2Loss())
                .optOptimizer(optimizer)
                .optDevices(new Device[] {Device.cpu()});
        try (var trainer = model.newTrainer(configuration)) {
            for (int step = 1; step <= plan.steps(); step++) {
                listener.stepped(step, plan.steps(), step(trainer, crops.draw(plan.batch()), listener));
            }
        }
    }

    private double step(Trainer trainer, Crops.Drawn drawn, Listener listener) {
        var maps = maps(drawn.image(), listener);
        try (var manager = trainer.getManager().newSubManager()) {
            var inputs = new NDList();
            inputs.add(DjlTensors.array(manager, drawn.image()));
            maps.forEach(map -> inputs.add(DjlTensors.array(manager, map)));
            var loss = learn(trainer, inputs, Target.of(drawn, manager), manager);
            trainer.step();
            return loss;
        }
    }

    /**
     * What the logits should be.
     *
     * @param mask [N, 1, H, W], 0 or 1
     * @param weight of each pixel, 0 to 1
     */
    private record Target(NDArray mask, NDArray weight) {

        static Target of(Crops.Drawn drawn, NDManager manager) {
            return new Target(DjlTensors.array(manager, drawn.mask()), DjlTensors.array(manager, drawn.weight()));
        }
    }

    private static double learn(Trainer trainer, NDList inputs, Target target, NDManager manager) {
        try (var gradients = trainer.newGradientCollector()) {
            var logits = trainer.forward(inputs).singletonOrThrow();
            logits.attach(manager);
            var loss = loss(logits, target);
            gradients.backward(loss);
            return loss.toType(DataType.FLOAT64, false).getDouble();
        }
    }

    /** Weighted mean cross-entropy of the pixels, plus 1 less the weighted soft Dice of each crop that has something to find. */
    private static NDArray loss(NDArray logits, Target target) {
        var weight = target.weight();
        var softplus = logits.abs().neg().exp().add(1).log();
        var entropy = logits.maximum(0)
                .sub(logits.mul(target.mask()))
                .add(softplus)
                .mul(weight)
                .sum()
                .div(weight.sum().maximum(1));
        var likely = logits.getNDArrayInternal().sigmoid().mul(weight);
        var mask = target.mask().mul(weight);
        var both = likely.mul(target.mask()).sum(PIXELS);
        var marked = mask.sum(PIXELS);
        var overlap = both.mul(2).add(1).div(likely.sum(PIXELS).add(marked).add(1));
        return entropy.add(overlap.neg()
                .add(1)
                .mul(marked.gt(0).toType(DataType.FLOAT32, false))
                .mean());
    }

    /** The encoder may be busy with patients, or away for a moment: they come first, and the training waits. */
    private List<Tensor> maps(Tensor image, Listener listener) {
        for (int attempt = 1; ; attempt++) {
            try {
                return encoding.maps(image, Priority.ROUTINE);
            } catch (InferenceFailed e) {
                if (e.kind() == InferenceFailed.Kind.FAULT || attempt == PATIENCE) {
                    throw e;
                }
                listener.waiting();
                pause();
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("The training was interrupted");
        }
    }

    /** As it is used, and not as it is trained: batch normalisation keeps what it has seen. */
    private static byte[] written(PtSymbolBlock head) {
        var bytes = new ByteArrayOutputStream();
        JniUtils.enableInferenceMode(head);
        JniUtils.writeModule(head, bytes, false);
        return bytes.toByteArray();
    }
}
