package org.auspex.kernel.adaptation;

/** An image to learn from or to try the result on. */
public sealed interface Case permits LabelledCase, UnlabelledCase {

    /** Such as {@code ImagingStudy/1}, for messages. */
    String study();

    /** Whom it is of; the cases of one patient are never learnt from and tried on at once. */
    String patient();
}
