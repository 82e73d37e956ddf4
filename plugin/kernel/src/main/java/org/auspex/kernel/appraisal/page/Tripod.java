package org.auspex.kernel.appraisal.page;

import java.util.List;

/**
 * Which items of TRIPOD+AI (Collins et al., BMJ 2024;385:e078378) this page answers for an evaluation, and which only its reader can.
 * The items are told in our words; the statement itself counts.
 */
final class Tripod {

    private static final String HERE = "this page";
    private static final String README = "the model's README, where it says so";
    private static final String ABSENT = "absent: to be added by whoever did the evaluation";
    private static final String NONE = "does not apply: the model was evaluated as it is";

    private Tripod() {}

    static List<List<String>> items() {
        return List.of(
                List.of("1 to 2", "Title; abstract", HERE + ": title and summary"),
                List.of("3a, 3b", "Medical context; intended use and users", HERE + ", from the card: intended use"),
                List.of("3c", "Known inequalities in health between groups", ABSENT),
                List.of("4", "Objective", HERE + ": evaluation of one version on the rows described"),
                List.of(
                        "5a",
                        "Source of the data",
                        HERE + ": file or search; why they stand for the target population is absent"),
                List.of("5b", "Dates of the data", ABSENT),
                List.of(
                        "6a to 6c",
                        "Setting, centres; eligibility; treatments received",
                        "eligibility by the card on " + HERE + "; the rest is " + ABSENT),
                List.of(
                        "7",
                        "Preparation and quality of the data",
                        HERE + ": what was excluded, and missing values; the rest is " + ABSENT),
                List.of(
                        "8a to 8c",
                        "Outcome, when and how assessed, blinding",
                        HERE + ": how the outcome was read; who assessed it, and blinding, is " + ABSENT),
                List.of(
                        "9a to 9c",
                        "Predictors: choice, definition, assessors",
                        HERE + ": names and values; definitions in the card; choice in " + README),
                List.of(
                        "10",
                        "Sample size",
                        HERE + ": rows and events, with a caution where they are few; no calculation beforehand"),
                List.of("11", "Missing data", HERE + ": by input, with the card's rule"),
                List.of(
                        "12a to 12d",
                        "Use of data; building the model; heterogeneity between clusters",
                        README + "; clusters (centres) only as --subgroup"),
                List.of("12e", "Measures and plots of performance, comparison of models", HERE + ": methods"),
                List.of("12f, 24", "Updating of the model", NONE),
                List.of(
                        "12g",
                        "How predictions were calculated",
                        HERE + ": by the server's engine, with the hash of the weights"),
                List.of("13", "Class imbalance", README + "; nothing is resampled here but for intervals"),
                List.of("14, 23b", "Fairness; performance in groups", HERE + ": subgroups that were asked for"),
                List.of("15", "What the model gives, and thresholds", HERE + ": output, bands and thresholds"),
                List.of(
                        "16, 20c",
                        "Differences between training and evaluation data",
                        "absent: compare the inputs here with those in the README"),
                List.of(
                        "17 to 19",
                        "Ethics, funding, interests, protocol, registration, sharing, involvement of patients",
                        ABSENT),
                List.of("20a, 20b", "Flow and characteristics of participants", HERE + ": data"),
                List.of("21", "Participants and events in each analysis", HERE),
                List.of("22", "Full specification of the model", "the model folder, by the hash of its weights"),
                List.of("23a", "Performance with intervals", HERE),
                List.of("25, 26", "Interpretation; limitations", HERE + ": cautions; the rest is " + ABSENT),
                List.of(
                        "27a to 27c",
                        "Poor or missing input in use; who handles it; next steps",
                        HERE + ": how often the model abstains; the rest is " + ABSENT));
    }
}
