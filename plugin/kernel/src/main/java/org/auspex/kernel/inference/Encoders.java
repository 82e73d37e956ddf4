package org.auspex.kernel.inference;

import java.util.List;
import java.util.function.Function;
import org.auspex.kernel.model.ModelId;

/** Networks that serve, for the heads that are built on them. */
@FunctionalInterface
public interface Encoders {

    /** Where nothing serves. */
    Encoders NONE = (encoder, question) -> {
        throw absent(encoder);
    };

    /**
     * What an encoder answers. It does not end while it is asked.
     *
     * @throws InferenceFailed of kind DOWN if it does not serve; otherwise as the encoder fails
     */
    List<Tensor> ask(ModelId encoder, Function<TensorModel, List<Tensor>> question);

    /** The encoder is none of the models that serve. */
    static InferenceFailed absent(ModelId encoder) {
        return new InferenceFailed(
                InferenceFailed.Kind.DOWN, "its encoder %s does not serve; add its folder".formatted(encoder));
    }
}
