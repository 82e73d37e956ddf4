package org.auspex.kernel.adaptation;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Which cases are learnt from, and which are held out to try the result on. All cases of a patient are on one side.
 *
 * @param training of at least one patient
 * @param heldOut of at least one other patient
 */
record Split(List<LabelledCase> training, List<LabelledCase> heldOut) {

    Split {
        training = List.copyOf(training);
        heldOut = List.copyOf(heldOut);
    }

    /**
     * Draws the patients that are held out.
     *
     * @param share of the patients, between 0 and 1; at least one is held out and one is left
     * @param seed the same seed and patients give the same split
     * @throws AdaptationRefused if all cases are of one patient
     */
    static Split of(List<LabelledCase> cases, double share, long seed) {
        var patients = new ArrayList<>(
                cases.stream().map(LabelledCase::patient).collect(Collectors.toCollection(TreeSet::new)));
        if (patients.size() < 2) {
            throw new AdaptationRefused(
                    "%d labelled images of %d patients: the result is tried on a patient it has not learnt from, so name studies of at least two"
                            .formatted(cases.size(), patients.size()));
        }
        Collections.shuffle(patients, new Random(seed));
        var count = Math.min(Math.max(1, (int) Math.round(share * patients.size())), patients.size() - 1);
        var held = new HashSet<>(patients.subList(0, count));
        return new Split(
                cases.stream().filter(one -> !held.contains(one.patient())).toList(),
                cases.stream().filter(one -> held.contains(one.patient())).toList());
    }

    /** Those that are of nobody who is held out. */
    List<UnlabelledCase> apart(List<UnlabelledCase> cases) {
        var held = heldOut.stream().map(LabelledCase::patient).collect(Collectors.toSet());
        return cases.stream().filter(one -> !held.contains(one.patient())).toList();
    }

    static long patients(List<LabelledCase> cases) {
        return cases.stream().map(LabelledCase::patient).distinct().count();
    }
}
