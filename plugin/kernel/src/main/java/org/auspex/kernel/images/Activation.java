package org.auspex.kernel.images;

/** Makes probabilities of a network's numbers; as MONAI's {@code Activations}. */
public enum Activation implements Step {
    /** Each number for itself: 1 / (1 + exp(-x)). */
    SIGMOID {
        @Override
        public Volume apply(Volume image, Trail trail) {
            var result = image.blank(image.channels());
            for (int i = 0; i < result.values().length; i++) {
                result.values()[i] = (float) (1 / (1 + Math.exp(-image.values()[i])));
            }
            return result;
        }
    },
    /** The channels of a voxel together, so that they add up to 1. */
    SOFTMAX {
        @Override
        public Volume apply(Volume image, Trail trail) {
            var result = image.blank(image.channels());
            var voxels = image.voxels();
            for (int i = 0; i < voxels; i++) {
                var greatest = Double.NEGATIVE_INFINITY;
                for (int at = i; at < image.values().length; at += voxels) {
                    greatest = Math.max(greatest, image.values()[at]);
                }
                double sum = 0;
                for (int at = i; at < image.values().length; at += voxels) {
                    sum += Math.exp(image.values()[at] - greatest);
                }
                for (int at = i; at < image.values().length; at += voxels) {
                    result.values()[at] = (float) (Math.exp(image.values()[at] - greatest) / sum);
                }
            }
            return result;
        }
    }
}
