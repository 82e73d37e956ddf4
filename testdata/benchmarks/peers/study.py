"""What people write today to get a segmentation into an archive: pydicom, PyTorch, DICOMweb and FHIR over HTTP.

    study.py make MODEL_FOLDER COUNT FOLDER    ultrasound images as DICOM, a study each
    study.py serve MODEL_FOLDER SERVER         one study a line: "STUDY_UID PATIENT IMAGINGSTUDY"; answers a line of JSON

Needs python3-pydicom and python3-torch. It is written to be fast: it keeps its connection, and the network stays loaded. It writes a
Segmentation, a DiagnosticReport with one Observation, and a Provenance: no structured report, no pictures, no identity.
"""
import http.client
import io
import json
import sys
import time
from datetime import datetime, timezone
from email.parser import BytesParser
from pathlib import Path
from urllib.parse import urlparse

import numpy as np
import pydicom
import torch
import torch.nn.functional as F
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.sequence import Sequence
from pydicom.uid import ExplicitVRLittleEndian, generate_uid

ULTRASOUND = "1.2.840.10008.5.1.4.1.1.6.1"
SEGMENTATION = "1.2.840.10008.5.1.4.1.1.66.4"
ROWS, COLUMNS, SIDE = 600, 800, 160
ISSUER = "urn:oid:2.16.840.1.1"


def file(dataset):
    """The bytes of a DICOM file."""
    meta = FileMetaDataset()
    meta.MediaStorageSOPClassUID, meta.MediaStorageSOPInstanceUID = dataset.SOPClassUID, dataset.SOPInstanceUID
    meta.TransferSyntaxUID, meta.ImplementationClassUID = ExplicitVRLittleEndian, "2.25.1"
    dataset.file_meta, dataset.is_little_endian, dataset.is_implicit_VR = meta, True, False
    out = io.BytesIO()
    pydicom.dcmwrite(out, dataset, write_like_original=False)
    return out.getvalue()


def make(model, count, folder):
    """The picture of a golden case, enlarged and with noise of its own in each study."""
    golden = json.loads((model / "golden/01-no-report.json").read_text())["tensors"][0]["data"]
    small = torch.tensor(golden, dtype=torch.float32).view(1, 1, SIDE, SIDE)
    picture = F.interpolate(small, (ROWS, COLUMNS), mode="bilinear")[0, 0].numpy()
    random = np.random.default_rng(1)
    today = datetime.now(timezone.utc).strftime("%Y%m%d")
    for number in range(count):
        noisy = np.clip(255 * picture + random.normal(0, 4, picture.shape), 0, 255)
        d = Dataset()
        d.SOPClassUID, d.SOPInstanceUID = ULTRASOUND, f"2.25.7{number}.1.1"
        d.StudyInstanceUID, d.SeriesInstanceUID = f"2.25.7{number}", f"2.25.7{number}.1"
        d.StudyDate, d.StudyTime, d.TimezoneOffsetFromUTC, d.Modality = today, "000000", "+0000", "US"
        d.PatientName, d.PatientID, d.IssuerOfPatientID = "Test^Study", f"4711-{number}", "WARD 1"
        d.PatientBirthDate, d.PatientSex, d.SeriesNumber, d.InstanceNumber = "19700203", "F", 1, 1
        d.AccessionNumber = d.ReferringPhysicianName = d.StudyID = ""
        d.SamplesPerPixel, d.PhotometricInterpretation = 1, "MONOCHROME2"
        d.Rows, d.Columns, d.BitsAllocated, d.BitsStored, d.HighBit, d.PixelRepresentation = ROWS, COLUMNS, 8, 8, 7, 0
        d.PixelSpacing = [0.1, 0.1]
        d.PixelData = noisy.round().astype(np.uint8).tobytes()
        (folder / f"{number}.dcm").write_bytes(file(d))


class Server:
    def __init__(self, address):
        place = urlparse(address)
        self.connection = http.client.HTTPConnection(place.hostname, place.port, timeout=60)

    def ask(self, method, path, body=None, **headers):
        self.connection.request(method, path, body, {k.replace("_", "-"): v for k, v in headers.items()})
        answer = self.connection.getresponse()
        content = answer.read()
        if answer.status // 100 != 2:
            raise SystemExit(f"{method} {path} answered {answer.status}: {content[:500]!r}")
        return answer, content

    def study(self, uid):
        answer, content = self.ask("GET", f"/dicomweb/studies/{uid}", Accept='multipart/related; type="application/dicom"')
        message = BytesParser().parsebytes(
            b"Content-Type: " + answer.getheader("Content-Type").encode() + b"\r\n\r\n" + content)
        parts = [pydicom.dcmread(io.BytesIO(part.get_payload(decode=True))) for part in message.get_payload()]
        return [part for part in parts if part.SOPClassUID == ULTRASOUND]

    def store(self, dataset):
        body = b"--b\r\nContent-Type: application/dicom\r\n\r\n" + file(dataset) + b"\r\n--b--\r\n"
        self.ask("POST", "/dicomweb/studies", body, Accept="application/dicom+json",
                 Content_Type='multipart/related; type="application/dicom"; boundary=b')

    def post(self, bundle):
        self.ask("POST", "/fhir", json.dumps(bundle).encode(), Content_Type="application/fhir+json")


def before(image):
    """As the card says: the longer side 160, padded, 0 to 1."""
    x = torch.from_numpy(image.pixel_array.astype(np.float32))[None, None]
    h, w = x.shape[2:]
    scale = SIDE / max(h, w)
    size = (round(h * scale), round(w * scale))
    x = F.interpolate(x, size, mode="area")
    down, right = SIDE - size[0], SIDE - size[1]
    margins = (right // 2, right - right // 2, down // 2, down - down // 2)
    return F.pad(x, margins) / 255, margins, (h, w)


def after(logits, margins, shape):
    left, right, top, bottom = margins
    inner = logits[:, :, top:SIDE - bottom, left:SIDE - right]
    return (F.interpolate(inner, shape, mode="bilinear")[0, 0] > 0).numpy()


def code(value, scheme, meaning):
    item = Dataset()
    item.CodeValue, item.CodingSchemeDesignator, item.CodeMeaning = value, scheme, meaning
    return Sequence([item])


def items(**values):
    item = Dataset()
    for name, value in values.items():
        setattr(item, name, value)
    return Sequence([item])


def segmentation(source, mask):
    d = Dataset()
    for name in ("StudyInstanceUID", "StudyDate", "StudyTime", "PatientName", "PatientID", "IssuerOfPatientID", "PatientBirthDate",
                 "PatientSex", "AccessionNumber", "ReferringPhysicianName", "StudyID", "TimezoneOffsetFromUTC"):
        setattr(d, name, source.get(name))
    d.SOPClassUID, d.SOPInstanceUID, d.SeriesInstanceUID = SEGMENTATION, generate_uid(), generate_uid()
    d.Modality, d.SeriesNumber, d.InstanceNumber, d.ContentLabel = "SEG", 9, 1, "LESION"
    d.ContentDate, d.ContentTime, d.ContentDescription, d.ContentCreatorName = source.StudyDate, "000000", "", ""
    d.Manufacturer, d.ManufacturerModelName, d.DeviceSerialNumber, d.SoftwareVersions = "Script", "Script", "1", "1"
    d.ImageType, d.SegmentationType, d.LossyImageCompression = ["DERIVED", "PRIMARY"], "BINARY", "00"
    d.SamplesPerPixel, d.PhotometricInterpretation, d.PixelRepresentation = 1, "MONOCHROME2", 0
    d.Rows, d.Columns, d.NumberOfFrames = mask.shape[0], mask.shape[1], 1
    d.BitsAllocated, d.BitsStored, d.HighBit = 1, 1, 0
    d.SegmentSequence = items(
        SegmentNumber=1, SegmentLabel="Breast lesion", SegmentAlgorithmType="AUTOMATIC", SegmentAlgorithmName="Script",
        SegmentedPropertyCategoryCodeSequence=code("49755003", "SCT", "Morphologically abnormal structure"),
        SegmentedPropertyTypeCodeSequence=code("126926005", "SCT", "Breast lesion"))
    reference = items(ReferencedSOPClassUID=source.SOPClassUID, ReferencedSOPInstanceUID=source.SOPInstanceUID)
    d.ReferencedSeriesSequence = items(SeriesInstanceUID=source.SeriesInstanceUID, ReferencedInstanceSequence=reference)
    d.SharedFunctionalGroupsSequence = items(
        PixelMeasuresSequence=items(PixelSpacing=source.PixelSpacing, SliceThickness=1),
        SegmentIdentificationSequence=items(ReferencedSegmentNumber=1))
    d.PerFrameFunctionalGroupsSequence = items(DerivationImageSequence=items(
        DerivationCodeSequence=code("113076", "DCM", "Segmentation"), SourceImageSequence=reference))
    packed = np.packbits(mask.reshape(-1), bitorder="little").tobytes()
    d.PixelData = packed + b"\0" * (len(packed) % 2)
    return d


def report(patient, study, area, chance, object_uid):
    """A transaction that links what was found."""
    security = {"security": [{"system": "http://terminology.hl7.org/CodeSystem/v3-ObservationValue", "code": "AIAST"}]}
    text = f"Lesion of {area:.1f} mm2, malignant with {100 * chance:.1f} %, Segmentation {object_uid}"
    observation = {
        "resourceType": "Observation", "meta": security, "status": "preliminary",
        "code": {"coding": [{"system": "http://snomed.info/sct", "code": "42798000", "display": "Area"}]},
        "subject": {"reference": patient}, "derivedFrom": [{"reference": study}],
        "valueQuantity": {"value": round(area, 2), "unit": "mm2", "system": "http://unitsofmeasure.org", "code": "mm2"}}
    document = {
        "resourceType": "DiagnosticReport", "meta": security, "status": "preliminary", "subject": {"reference": patient},
        "code": {"coding": [{"system": "http://loinc.org", "code": "18748-4"}]}, "imagingStudy": [{"reference": study}],
        "result": [{"reference": "urn:uuid:00000000-0000-4000-8000-000000000001"}], "conclusion": text}
    provenance = {
        "resourceType": "Provenance", "recorded": datetime.now(timezone.utc).isoformat(),
        "target": [{"reference": f"urn:uuid:00000000-0000-4000-8000-00000000000{n}"} for n in (1, 2)],
        "agent": [{"who": {"display": "Script"}}], "entity": [{"role": "source", "what": {"reference": study}}]}
    entries = [{"fullUrl": f"urn:uuid:00000000-0000-4000-8000-00000000000{n}", "resource": resource,
                "request": {"method": "POST", "url": resource["resourceType"]}}
               for n, resource in enumerate((observation, document, provenance), 1)]
    return {"resourceType": "Bundle", "type": "transaction", "entry": entries}


@torch.no_grad()
def serve(model, address):
    network = torch.jit.load(str(model / "model.pt")).eval()
    text = torch.zeros(1, 6, dtype=torch.int64)
    network(torch.zeros(1, 1, SIDE, SIDE), text)
    server = Server(address)
    print("ready", flush=True)
    for line in sys.stdin:
        uid, patient, study = line.split()
        marks = [time.perf_counter()]

        def mark():
            marks.append(time.perf_counter())
        source, = server.study(uid)
        mark()
        image, margins, shape = before(source)
        mark()
        logits, _, malignancy, _ = network(image, text)
        mark()
        mask = after(logits, margins, shape)
        made = segmentation(source, mask)
        mark()
        server.store(made)
        pixels = int(mask.sum())
        area = pixels * float(source.PixelSpacing[0]) * float(source.PixelSpacing[1])
        server.post(report(patient, study, area, float(malignancy), made.SOPInstanceUID))
        mark()
        stages = dict(zip(("read", "before", "network", "after", "store"), 1000 * np.diff(marks)))
        print(json.dumps({"pixels": pixels, "malignancy": float(malignancy), **stages}), flush=True)


if __name__ == "__main__":
    if sys.argv[1] == "make":
        make(Path(sys.argv[2]), int(sys.argv[3]), Path(sys.argv[4]))
    else:
        serve(Path(sys.argv[2]), sys.argv[3])
