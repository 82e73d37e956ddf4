"""Write the card, the golden cases and the made-up slide of tki-response. Called by train.py. Code: Apache-2.0."""
import hashlib
import io
import json
import os

import numpy as np
import torch
from PIL import Image
from pydicom.dataset import Dataset, FileDataset, FileMetaDataset
from pydicom.encaps import encapsulate
from pydicom.sequence import Sequence
from pydicom.uid import JPEGBaseline8Bit

from network import TIMES
from synthetic import CELLS, CROWD, DECOY, ORDINARY, SIDE, cohort
from variables import ANSWERED, COLUMNS, FLAGS, NUMBERS

HORIZONS = [6, 12, 24]
MOST = 256
INTENDED = ("Demonstration only; trained on synthetic slides and synthetic variables with a planted signal, it knows nothing about "
            "real tumours and must not be used for any patient.")
TOLERANCE = {"absolute": 2e-05, "because": "32-bit sums differ in the last digits between batch sizes, processors and libtorch versions"}
# Whose slide is committed: the first patient of this seed who has crowds and decoys.
SLIDE_SEED = 7

YES_NO = """    categories:
      - {category: "no", codes: ["http://snomed.info/sct|373067005", "http://loinc.org|LA32-8"], texts: ["no"], column: "0"}
      - {category: "yes", codes: ["http://snomed.info/sct|373066001", "http://loinc.org|LA33-6"], texts: ["yes"], column: "1"}
"""


def inputs():
    yield """  - name: slide
    from: ImagingStudy?modality=SM
    value: slide
    missing: indicator
  - name: age
    from: Patient
    value: age
    unit: a
    range: {low: 18, high: 120}
    column: age
  - name: sex
    from: Patient
    value: gender
    categories:
      - {category: female, codes: ["http://hl7.org/fhir/administrative-gender|female"], texts: [female], column: "0"}
      - {category: male, codes: ["http://hl7.org/fhir/administrative-gender|male"], texts: [male], column: "1"}
    column: sex
"""
    for name, codes, unit, _, _, low, high, _ in NUMBERS:
        unit = f'"{unit}"' if unit[0] in "{1%" else unit
        yield f"""  - name: {name}
    from: Observation?code={",".join(codes)}
    value: value
    unit: {unit}
    range: {{low: {low}, high: {high}}}
    within: P90D
    missing: indicator
    column: {name}
"""
    for name, criteria, _, _ in FLAGS:
        if name in ANSWERED:
            yield f"  - name: {name}\n    from: {criteria}\n    value: value\n    missing: indicator\n{YES_NO}    column: {name}\n"
        else:
            yield f"  - name: {name}\n    take: exists\n    from: {criteria}\n    column: {name}\n"


def text(weights, thirds):
    sha = hashlib.sha256(weights).hexdigest()
    return f"""model: tki-response
version: 1.0.0
title: Response to a tyrosine kinase inhibitor (demonstration, trained on synthetic data)
intendedUse: {INTENDED}
licence:
  code: Apache-2.0
  weights: Apache-2.0, trained by Auspex on synthetic data that Auspex made up
subject: Patient
eligible: age >= 18
engine: {{kind: pytorch, file: model.pt, sha256: "{sha}"}}
trigger:
  on: ["ImagingStudy?modality=SM"]
  debounce: PT2S
  notOlderThan: P30D
# Written by card.py from variables.py. Any of them may be missing, the slide too, but age and sex.
inputs:
{"".join(inputs())}images:
  tiles: {{size: {SIDE}, micrometres: 0.5, most: {MOST}, attention: attention}}
tensors:
  inputs:
    - {{name: tiles, datatype: FP32, shape: [1, -1, 3, {SIDE}, {SIDE}]}}
    - {{name: values, datatype: FP32, shape: [-1, {len(COLUMNS)}]}}
    - {{name: known, datatype: FP32, shape: [-1, {len(COLUMNS)}]}}
  outputs:
    - {{name: response, datatype: FP32, shape: [-1, 1]}}
    - {{name: free, datatype: FP32, shape: [-1, {len(TIMES)}]}}
    - {{name: attention, datatype: FP32, shape: [1, -1]}}
outputs:
  - name: response
    kind: probability
    display: Response to treatment (learned from synthetic data)
    tensor: response
    positive: num > 0
  - name: progression
    kind: survival
    display: Progression or death (learned from synthetic data)
    tensor: free
    times: {TIMES}
    unit: mo
    horizons: {HORIZONS}
    # Thirds of the made-up training patients by the risk at {HORIZONS[-1]} mo.
    bands:
      - {{below: {thirds[0]}, risk: low}}
      - {{below: {thirds[1]}, risk: moderate}}
      - {{risk: high}}
"""


def shown(value, column):
    """A value as a golden case gives it, and as the network reads that."""
    if column == "sex":
        return ["female", "male"][int(value)]
    if column in [row[0] for row in FLAGS]:
        return ["no", "yes"][int(value)]
    return round(float(value), 1)


def by_inputs(model, description, values, known):
    given = {column: shown(value, column) for column, value, there in zip(COLUMNS, values, known) if there and column != "slide"}
    row = [float({"no": 0, "yes": 1, "female": 0, "male": 1}.get(given[c], given[c])) if c in given else 0.0 for c in COLUMNS]
    there = [float(c in given) for c in COLUMNS]
    response, free, _ = model(torch.zeros(1, 1, 3, SIDE, SIDE), torch.tensor([row]), torch.tensor([there]))
    return {"description": description, "inputs": given,
            "outcome": {"probabilities": {"response": round(float(response), 6)},
                        "survival": [round(p, 6) for p in free[0].tolist()]},
            "tolerance": TOLERANCE}


def by_tensors(model, description, slide, values):
    """Three tiles: ordinary, decoy, crowd."""
    chosen = [int(np.flatnonzero(slide.kinds == kind)[0]) for kind in (ORDINARY, DECOY, CROWD)]
    given = {"tiles": torch.tensor(slide.tiles[chosen]).permute(0, 3, 1, 2).float()[None],
             "values": torch.tensor(values.round(1))[None], "known": torch.ones(1, len(COLUMNS))}
    answer = dict(zip(("response", "free", "attention"), model(*given.values())))

    def tensors(named, digits):
        return [{"name": name, "datatype": "FP32", "shape": list(tensor.shape),
                 "data": [round(x, digits) for x in tensor.flatten().tolist()]} for name, tensor in named.items()]
    whole = tensors(given, 1)
    whole[0]["data"] = [int(x) for x in whole[0]["data"]]
    return {"description": description, "tensors": whole, "outcome": {"tensors": tensors(answer, 6)}, "tolerance": TOLERANCE}


def level(number, picture, micrometres, frame):
    """An object of a slide: picture [side, side, 3], in JPEG tiles, TILED_FULL."""
    side, across = len(picture), len(picture) // frame
    meta = FileMetaDataset()
    meta.MediaStorageSOPClassUID = "1.2.840.10008.5.1.4.1.1.77.1.6"
    meta.MediaStorageSOPInstanceUID = f"2.25.900.1.{number}"
    meta.TransferSyntaxUID = JPEGBaseline8Bit
    meta.ImplementationClassUID = "2.25.901"
    d = FileDataset(None, {}, file_meta=meta, preamble=b"\0" * 128)
    d.is_little_endian, d.is_implicit_VR = True, False
    d.SpecificCharacterSet = "ISO_IR 192"
    d.ImageType = ["ORIGINAL", "PRIMARY", "VOLUME", "NONE"] if number == 1 else ["DERIVED", "PRIMARY", "VOLUME", "RESAMPLED"]
    d.SOPClassUID, d.SOPInstanceUID = meta.MediaStorageSOPClassUID, meta.MediaStorageSOPInstanceUID
    d.StudyInstanceUID, d.SeriesInstanceUID = "2.25.900", "2.25.900.1"
    d.StudyDate, d.StudyTime, d.Modality, d.Manufacturer = "20260101", "120000", "SM", "Auspex (made up)"
    d.ContentDate, d.ContentTime, d.AcquisitionDateTime = d.StudyDate, d.StudyTime, "20260101120000"
    d.StudyDescription, d.SeriesDescription = "Made-up slide", "Made-up slide with a planted signal; no patient"
    d.PatientName, d.PatientID, d.PatientBirthDate, d.PatientSex = "Made^Up", "made-up-slide", "19600101", "F"
    d.AccessionNumber = d.ReferringPhysicianName = d.StudyID = d.PositionReferenceIndicator = ""
    d.SeriesNumber, d.InstanceNumber, d.FrameOfReferenceUID = 1, number, "2.25.902"
    d.ContainerIdentifier, d.BurnedInAnnotation, d.FocusMethod, d.ExtendedDepthOfField = "made-up", "NO", "AUTO", "NO"
    d.VolumetricProperties, d.SpecimenLabelInImage = "VOLUME", "NO"
    d.ImagedVolumeWidth = d.ImagedVolumeHeight = side * micrometres / 1000
    d.ImagedVolumeDepth = 0.004
    d.DimensionOrganizationType = "TILED_FULL"
    d.TotalPixelMatrixColumns = d.TotalPixelMatrixRows = side
    d.TotalPixelMatrixFocalPlanes = d.NumberOfOpticalPaths = 1
    d.ImageOrientationSlide = [0, -1, 0, -1, 0, 0]
    origin = Dataset()
    origin.XOffsetInSlideCoordinateSystem, origin.YOffsetInSlideCoordinateSystem = 20.0, 40.0
    d.TotalPixelMatrixOriginSequence = Sequence([origin])
    path = Dataset()
    path.OpticalPathIdentifier = "1"
    d.OpticalPathSequence = Sequence([path])
    measures, shared = Dataset(), Dataset()
    measures.PixelSpacing, measures.SliceThickness = [micrometres / 1000] * 2, 0.004
    shared.PixelMeasuresSequence = Sequence([measures])
    d.SharedFunctionalGroupsSequence = Sequence([shared])
    d.SamplesPerPixel, d.PhotometricInterpretation, d.PlanarConfiguration = 3, "YBR_FULL_422", 0
    d.Rows = d.Columns = frame
    d.BitsAllocated, d.BitsStored, d.HighBit, d.PixelRepresentation = 8, 8, 7, 0
    d.LossyImageCompression, d.LossyImageCompressionMethod = "01", "ISO_10918_1"
    frames = []
    for row in range(across):
        for column in range(across):
            file = io.BytesIO()
            tile = picture[row * frame:(row + 1) * frame, column * frame:(column + 1) * frame]
            Image.fromarray(tile).save(file, "JPEG", quality=90, subsampling="4:2:2")
            frames.append(file.getvalue())
    d.LossyImageCompressionRatio = round(picture.nbytes / sum(map(len, frames)), 1)
    d.NumberOfFrames = len(frames)
    d.PixelData = encapsulate(frames)
    d["PixelData"].VR = "OB"
    d["PixelData"].is_undefined_length = True
    return d


def made_up(folder):
    """The committed slide: two levels, and the upper left pixel of each cell with tissue, from 0."""
    os.makedirs(folder, exist_ok=True)
    patient = next(p for p in cohort(40, SLIDE_SEED) if {CROWD, DECOY} <= set(p.slide.kinds))
    picture = patient.slide.picture(np.random.default_rng(SLIDE_SEED))
    small = np.asarray(Image.fromarray(picture).resize((128, 128), Image.BOX))
    level(1, picture, 0.5, 256).save_as(os.path.join(folder, "level-1.dcm"), write_like_original=False)
    level(2, small, 2.0, 128).save_as(os.path.join(folder, "level-2.dcm"), write_like_original=False)
    words = {ORDINARY: "ordinary", DECOY: "decoy", CROWD: "planted"}
    with open(os.path.join(folder, "cells.tsv"), "w") as f:
        f.write("kind\tcolumn\trow\n")
        for (column, row), kind in zip(patient.slide.places, patient.slide.kinds):
            f.write(f"{words[kind]}\t{column * SIDE}\t{row * SIDE}\n")
    return patient


def write(model, rows, out):
    """The card, the golden cases and the slide."""
    risk = 1 - torch.cat([model(rows.tiles[a:b].float()[None], rows.values[i:i + 1], rows.known[i:i + 1])[1]
                          for i, (a, b) in enumerate(zip(rows.starts, rows.ends))])[:, TIMES.index(HORIZONS[-1])]
    thirds = [int(x) for x in np.quantile(100 * risk.numpy(), [1 / 3, 2 / 3]).round()]
    with open(os.path.join(out, "model.pt"), "rb") as f:
        weights = f.read()
    with open(os.path.join(out, "model.yaml"), "w") as f:
        f.write(text(weights, thirds))
    os.makedirs(os.path.join(out, "golden"), exist_ok=True)
    patient = made_up(os.path.join(out, "slide"))
    everything = np.ones(len(COLUMNS))
    little = np.array([c in ("age", "sex") or c in [row[0] for row in FLAGS if row[0] not in ANSWERED] for c in COLUMNS])
    cases = {
        "01-variables-without-a-slide": by_inputs(
            model, "All variables and no slide (a made-up patient)", patient.values, everything),
        "02-little-is-known": by_inputs(
            model, "Age, sex and diagnoses only (a made-up patient)", patient.values, little),
        "03-three-tiles": by_tensors(
            model, "An ordinary tile, a decoy and a planted one; the last gets the attention (made up)", patient.slide, patient.values),
    }
    for name, case in cases.items():
        with open(os.path.join(out, "golden", name + ".json"), "w") as f:
            json.dump(case, f)
            f.write("\n")
