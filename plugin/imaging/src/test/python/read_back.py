"""Prints what pydicom reads of an object that Auspex wrote, for ValidityIT.

Of an image, a line for each frame: segment, source object, source frame, position, orientation, spacing, and what is in its
pixels: their sum, and the sum of each times its place. Of a report, a line for each content item of its measurement groups.
"""
import sys

import numpy
import pydicom


def group(shared, own, name):
    found = own.get(name) or shared.get(name)
    return found[0] if found else None


def text(values):
    return "/".join("%.4f" % float(v) for v in values) if values else "-"


def image(d):
    stored = d.pixel_array if "PixelData" in d else numpy.frombuffer(d.FloatPixelData, "<f4")
    pixels = stored.reshape(int(d.NumberOfFrames), -1).astype(float)
    shared = d.SharedFunctionalGroupsSequence[0]
    for own, frame in zip(d.PerFrameFunctionalGroupsSequence, pixels):
        source = own.DerivationImageSequence[0].SourceImageSequence[0]
        segment = group(shared, own, "SegmentIdentificationSequence")
        position = group(shared, own, "PlanePositionSequence")
        along = group(shared, own, "PlaneOrientationSequence")
        measures = group(shared, own, "PixelMeasuresSequence")
        print(segment.ReferencedSegmentNumber if segment else 0, source.ReferencedSOPInstanceUID,
              source.get("ReferencedFrameNumber", 1), text(position and position.ImagePositionPatient),
              text(along and along.ImageOrientationPatient), text(measures and measures.PixelSpacing),
              "%.3f" % frame.sum(), "%.2f" % (frame * numpy.arange(1, frame.size + 1)).sum())


def report(d):
    for item in d.ContentSequence:
        if item.ValueType == "CONTAINER" and item.ConceptNameCodeSequence[0].CodeValue == "126010":
            for content in item.ContentSequence[0].ContentSequence:
                if content.ValueType == "NUM":
                    measured = content.MeasuredValueSequence[0]
                    print(content.ConceptNameCodeSequence[0].CodeMeaning, measured.NumericValue,
                          measured.MeasurementUnitsCodeSequence[0].CodeValue)


if __name__ == "__main__":
    dataset = pydicom.dcmread(sys.argv[1])
    report(dataset) if dataset.Modality == "SR" else image(dataset)
