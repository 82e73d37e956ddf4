package org.auspex.kernel.features;

import java.util.List;
import java.util.Optional;
import org.auspex.kernel.images.Picture;
import org.auspex.kernel.images.TiledImage;
import org.auspex.kernel.notes.ReadNote;

/** One value as a model reads it: a number, a category, images, a slide, a document or its sentences, or a gap that says why. */
public sealed interface Feature {

    /** A finite number in the unit that the card declares. */
    record Numeric(double value) implements Feature {
        public Numeric {
            if (!Double.isFinite(value)) {
                throw new IllegalArgumentException("A feature is a finite number, not " + value);
            }
        }

        @Override
        public Optional<Double> number() {
            return Optional.of(value);
        }
    }

    /**
     * One of the categories that the card lists.
     *
     * @param index its position in the card's list, from 0: the number a network reads
     */
    record Categorical(String category, int index) implements Feature {
        @Override
        public Optional<Double> number() {
            return Optional.of((double) index);
        }
    }

    /** Images to look at; at least one. */
    record Pictured(List<Picture> pictures) implements Feature {
        public Pictured {
            pictures = List.copyOf(pictures);
        }

        @Override
        public Optional<Double> number() {
            return Optional.empty();
        }
    }

    /** A document with all that it names. */
    record Noted(ReadNote note) implements Feature {
        @Override
        public Optional<Double> number() {
            return Optional.empty();
        }
    }

    /** Slides to look at, tile by tile. */
    record Tiled(TiledImage image) implements Feature {
        @Override
        public Optional<Double> number() {
            return Optional.empty();
        }
    }

    /** What a document says, to be read by a language model; at least one sentence. */
    record Narrated(List<Sentence> sentences) implements Feature {
        public Narrated {
            sentences = List.copyOf(sentences);
        }

        @Override
        public Optional<Double> number() {
            return Optional.empty();
        }
    }

    /**
     * A sentence of a document.
     *
     * @param place where it stands: {@code DocumentReference/1/_history/2 at 12 to 40}
     */
    record Sentence(String text, String place) {}

    /** A gap that the model handles by itself. */
    record Missing(String reason) implements Feature {
        @Override
        public Optional<Double> number() {
            return Optional.empty();
        }
    }

    /** A gap that no result may be built on: the model abstains. */
    record Unusable(String reason) implements Feature {
        @Override
        public Optional<Double> number() {
            return Optional.empty();
        }

        @Override
        public Optional<String> obstacle() {
            return Optional.of(reason);
        }
    }

    /** The value as a network reads it; empty for a gap. */
    Optional<Double> number();

    /** Why nothing may be predicted from this; empty for everything a model can read. */
    default Optional<String> obstacle() {
        return Optional.empty();
    }
}
