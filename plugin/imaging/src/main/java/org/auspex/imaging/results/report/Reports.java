package org.auspex.imaging.results.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.auspex.imaging.dicom.Dataset;
import org.auspex.imaging.dicom.DicomObject;
import org.auspex.imaging.dicom.Tags;
import org.auspex.imaging.dicom.Vr;
import org.auspex.imaging.pixels.SourceFrame;
import org.auspex.imaging.results.Algorithm;
import org.auspex.imaging.results.Code;
import org.auspex.imaging.results.Draft;
import org.auspex.imaging.results.Header;
import org.auspex.imaging.results.Kind;
import org.auspex.imaging.results.References;
import org.auspex.imaging.results.Words;

/**
 * Measurements as a Comprehensive 3D SR with the template TID 1500, Measurement Report (PS3.16): the class and template that the
 * IHE profile AI Results asks for. The report is preliminary and unverified until a person confirms it.
 */
public final class Reports {

    public static final Code ENGLISH = new Code("en", "RFC5646", "English");

    private static final String EXPLICIT_LITTLE_ENDIAN = "1.2.840.10008.1.2.1";

    private Reports() {}

    /**
     * Writes a report.
     *
     * @param segmentation the Segmentation that findings have their segments in; empty if nothing was segmented
     * @param language of the words
     */
    public static DicomObject of(Draft draft, Optional<Dataset> segmentation, List<Measured> findings, Code language) {
        var dataset = Header.of(draft, Kind.REPORT)
                .set(Tags.REFERENCED_PERFORMED_PROCEDURE_STEP_SEQUENCE, List.of())
                .set(Tags.PERFORMED_PROCEDURE_CODE_SEQUENCE, List.of())
                .set(Tags.COMPLETION_FLAG, Vr.CS, "COMPLETE")
                .set(Tags.VERIFICATION_FLAG, Vr.CS, "UNVERIFIED")
                .set(Tags.PRELIMINARY_FLAG, Vr.CS, "PRELIMINARY")
                .set(Tags.AUTHOR_OBSERVER_SEQUENCE, author(draft.algorithm()))
                .set(Tags.CURRENT_REQUESTED_PROCEDURE_EVIDENCE_SEQUENCE, evidence(draft, segmentation));
        content(draft, segmentation, findings, language)
                .elements()
                .forEach(element -> dataset.set(element.tag(), element.vr(), element.value()));
        return new DicomObject(dataset, EXPLICIT_LITTLE_ENDIAN);
    }

    private static Dataset author(Algorithm algorithm) {
        return new Dataset()
                .set(Tags.OBSERVER_TYPE, Vr.CS, "DEV")
                .set(Tags.INSTITUTION_NAME, Vr.LO, new String[0])
                .set(Tags.INSTITUTION_CODE_SEQUENCE, List.of())
                .set(Tags.STATION_NAME, Vr.SH, Words.within(16, algorithm.name()))
                .set(Tags.DEVICE_UID, Vr.UI, algorithm.deviceUid())
                .set(Tags.MANUFACTURER, Vr.LO, Words.within(64, algorithm.manufacturer()))
                .set(Tags.MANUFACTURER_MODEL_NAME, Vr.LO, Words.within(64, algorithm.name()));
    }

    /** What the report rests on: the images, and the Segmentation. */
    private static Dataset evidence(Draft draft, Optional<Dataset> segmentation) {
        var objects = Stream.concat(draft.source().stream().map(SourceFrame::object), segmentation.stream())
                .toList();
        return new Dataset()
                .copy(draft.first(), Tags.STUDY_INSTANCE_UID)
                .set(Tags.REFERENCED_SERIES_SEQUENCE, References.series(objects, Tags.REFERENCED_SOP_SEQUENCE));
    }

    private static Dataset content(
            Draft draft, Optional<Dataset> segmentation, List<Measured> findings, Code language) {
        var groups = new MeasurementGroups(draft, segmentation);
        var content = new ArrayList<Dataset>();
        content.add(Content.code(
                "HAS CONCEPT MOD", Code.dcm("121049", "Language of Content Item and Descendants"), language));
        content.addAll(observer(draft.algorithm()));
        content.add(
                Content.code("HAS CONCEPT MOD", Code.dcm("121058", "Procedure reported"), Procedure.of(draft.first())));
        content.add(library(draft));
        content.add(Content.container(
                "CONTAINS",
                Code.dcm("126010", "Imaging Measurements"),
                findings.stream().map(groups::of).toList()));
        return Content.container("", Code.dcm("126000", "Imaging Measurement Report"), "1500", content);
    }

    /** Observer context of a device (TID 1001, 1002 and 1004). */
    private static List<Dataset> observer(Algorithm algorithm) {
        var context = "HAS OBS CONTEXT";
        return List.of(
                Content.code(context, Code.dcm("121005", "Observer Type"), Code.dcm("121007", "Device")),
                Content.uid(context, Code.dcm("121012", "Device Observer UID"), algorithm.deviceUid()),
                Content.text(
                        context,
                        Code.dcm("121013", "Device Observer Name"),
                        algorithm.name() + " " + algorithm.version()),
                Content.text(context, Code.dcm("121014", "Device Observer Manufacturer"), algorithm.manufacturer()),
                Content.text(context, Code.dcm("121015", "Device Observer Model Name"), algorithm.name()));
    }

    /** The images that were looked at (TID 1600). */
    private static Dataset library(Draft draft) {
        var content = new ArrayList<Dataset>();
        draft.first()
                .string(Tags.MODALITY)
                .ifPresent(modality -> content.add(
                        Content.code("HAS ACQ CONTEXT", Code.dcm("121139", "Modality"), Code.dcm(modality, modality))));
        draft.first()
                .string(Tags.STUDY_DATE)
                .ifPresent(
                        date -> content.add(Content.date("HAS ACQ CONTEXT", Code.dcm("111060", "Study Date"), date)));
        draft.source().stream()
                .map(SourceFrame::object)
                .collect(Collectors.toMap(
                        object -> References.required(object, Tags.SOP_INSTANCE_UID),
                        References::instance,
                        (one, same) -> one,
                        LinkedHashMap::new))
                .values()
                .forEach(reference -> content.add(Content.image(reference)));
        return Content.container(
                "CONTAINS",
                Code.dcm("111028", "Image Library"),
                List.of(Content.container("CONTAINS", Code.dcm("126200", "Image Library Group"), content)));
    }
}
