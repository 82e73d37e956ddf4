package org.auspex.kernel;

import java.util.List;
import java.util.function.Function;
import org.auspex.kernel.inference.Encoders;
import org.auspex.kernel.inference.InferenceFailed;
import org.auspex.kernel.inference.Tensor;
import org.auspex.kernel.inference.TensorModel;
import org.auspex.kernel.model.ModelId;

/** Encoders as they serve at the moment when they are asked. */
record ServedEncoders(Models models) implements Encoders {

    @Override
    public List<Tensor> ask(ModelId encoder, Function<TensorModel, List<Tensor>> question) {
        try {
            return models.with(
                    encoder, model -> question.apply(model.tensors().orElseThrow(() -> Encoders.absent(encoder))));
        } catch (UnknownModel | ModelNotReady e) {
            throw new InferenceFailed(
                    InferenceFailed.Kind.DOWN,
                    "%s (%s)".formatted(Encoders.absent(encoder).getMessage(), e.getMessage()),
                    e);
        }
    }
}
