package org.auspex.kernel.model;

import java.util.Arrays;
import java.util.Locale;

/**
 * How far a version of a model is trusted with patients. A card says where it begins; whoever operates the server moves
 * it on.
 *
 * @param percent of the patients that a canary answers for, 1 to 100; 100 for an active version, else 0
 */
public record Rollout(Stage stage, int percent) {

    public static final Rollout ACTIVE = new Rollout(Stage.ACTIVE, 100);
    public static final Rollout SHADOW = new Rollout(Stage.SHADOW, 0);
    public static final Rollout RETIRED = new Rollout(Stage.RETIRED, 0);

    /** Where a version stands between its first patient and its last. */
    public enum Stage {
        /** Answers for everybody, unless a newer version is active or a canary. */
        ACTIVE,
        /** Is asked whenever its model is, and its answers are only compared. */
        SHADOW,
        /** Answers for some of the patients, always the same. */
        CANARY,
        /** Answers only who names it with its version. */
        RETIRED;

        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }

        /**
         * @throws IllegalArgumentException if there is no such stage
         */
        public static Stage of(String code) {
            return Arrays.stream(values())
                    .filter(stage -> stage.code().equals(code))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException(
                            "'%s' is no stage; write active, shadow, canary or retired".formatted(code)));
        }
    }

    public static Rollout canary(int percent) {
        if (percent < 1 || percent > 100) {
            throw new IllegalArgumentException(
                    "A canary answers for 1 to 100 percent of the patients, not %d".formatted(percent));
        }
        return new Rollout(Stage.CANARY, percent);
    }

    /**
     * @param percent looked at for a canary only
     * @throws IllegalArgumentException if a canary has no share between 1 and 100
     */
    public static Rollout of(Stage stage, int percent) {
        return switch (stage) {
            case ACTIVE -> ACTIVE;
            case SHADOW -> SHADOW;
            case RETIRED -> RETIRED;
            case CANARY -> canary(percent);
        };
    }

    /**
     * Which hundredth of the patients one belongs to, 0 to 99: for a model always the same, for different models
     * independent, so that a canary does not always meet the same people.
     *
     * @param patient {@code Patient/1}
     */
    public static int hundredth(String model, String patient) {
        return (int) (Long.parseLong(Sha256.of(model + "|" + patient).substring(0, 15), 16) % 100);
    }

    @Override
    public String toString() {
        return stage == Stage.CANARY ? "canary " + percent + " %" : stage.code();
    }
}
