package org.auspex.kernel;

import java.util.List;
import java.util.function.Function;
import org.auspex.kernel.inference.Entity;
import org.auspex.kernel.inference.InferenceFailed;
import org.auspex.kernel.inference.Priority;
import org.auspex.kernel.inference.TensorRefused;
import org.auspex.kernel.inference.TextModel;

/** A network of text that the site has named, as it serves at the moment when it is asked. */
public final class ServedText {

    private final Models models;
    private final String asked;
    private final String setting;

    /**
     * @param asked {@code name|version}, or a name for its newest active version
     * @param setting that names it, for messages
     */
    public ServedText(Models models, String asked, String setting) {
        this.models = models;
        this.asked = asked;
        this.setting = setting;
    }

    /**
     * What each text names.
     *
     * @throws InferenceFailed of kind DOWN if it does not serve; otherwise as it fails
     */
    public List<List<Entity>> entities(List<String> texts) {
        return ask(model -> model.entities(texts, Priority.ROUTINE));
    }

    /**
     * A vector of length 1 for each text.
     *
     * @throws InferenceFailed of kind DOWN if it does not serve; otherwise as it fails
     */
    public List<float[]> embeddings(List<String> texts) {
        return ask(model -> model.embeddings(texts, Priority.ROUTINE));
    }

    private <T> T ask(Function<TextModel, T> question) {
        try {
            return models.with(models.resolve(asked), model -> question.apply(text(model)));
        } catch (UnknownModel | ModelNotReady e) {
            throw new InferenceFailed(
                    InferenceFailed.Kind.DOWN,
                    "%s, which %s names, does not serve (%s); add its folder, or take the setting away"
                            .formatted(asked, setting, e.getMessage()),
                    e);
        } catch (TensorRefused e) {
            throw new InferenceFailed(
                    InferenceFailed.Kind.FAULT,
                    "%s cannot be what %s names: %s".formatted(asked, setting, e.getMessage()),
                    e);
        }
    }

    private TextModel text(ServingModel model) {
        return model.tensors()
                .filter(TextModel.class::isInstance)
                .map(TextModel.class::cast)
                .orElseThrow(() -> new TensorRefused("%s reads no text".formatted(asked)));
    }
}
