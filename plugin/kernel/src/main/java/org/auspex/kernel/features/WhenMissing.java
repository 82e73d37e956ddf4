package org.auspex.kernel.features;

/** What a card says about an input that the record does not have. */
public sealed interface WhenMissing {

    /** Nothing is predicted. */
    record Abstain() implements WhenMissing {
        @Override
        public Feature resolve(String reason) {
            return new Feature.Unusable(reason);
        }
    }

    /** This value is used instead, and the explanation says so. */
    record Impute(Feature value) implements WhenMissing {
        @Override
        public Feature resolve(String reason) {
            return value;
        }
    }

    /** The model is told that the value is missing. */
    record Indicator() implements WhenMissing {
        @Override
        public Feature resolve(String reason) {
            return new Feature.Missing(reason);
        }
    }

    Feature resolve(String reason);
}
