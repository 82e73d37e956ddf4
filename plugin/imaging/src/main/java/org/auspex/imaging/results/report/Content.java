package org.auspex.imaging.results.report;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.auspex.imaging.dicom.Dataset;
import org.auspex.imaging.dicom.Tags;
import org.auspex.imaging.dicom.Vr;
import org.auspex.imaging.results.Code;

/** Content items of a structured report (PS3.3, C.17.3). */
final class Content {

    private Content() {}

    static Dataset container(String relationship, Code name, List<Dataset> content) {
        return item(relationship, "CONTAINER", name)
                .set(Tags.CONTINUITY_OF_CONTENT, Vr.CS, "SEPARATE")
                .set(Tags.CONTENT_SEQUENCE, content);
    }

    /** A container that follows a template of PS3.16. */
    static Dataset container(String relationship, Code name, String template, List<Dataset> content) {
        return container(relationship, name, content)
                .set(
                        Tags.CONTENT_TEMPLATE_SEQUENCE,
                        new Dataset()
                                .set(Tags.MAPPING_RESOURCE, Vr.CS, "DCMR")
                                .set(Tags.TEMPLATE_IDENTIFIER, Vr.CS, template));
    }

    static Dataset code(String relationship, Code name, Code value) {
        return item(relationship, "CODE", name).set(Tags.CONCEPT_CODE_SEQUENCE, value.item());
    }

    static Dataset text(String relationship, Code name, String value) {
        return item(relationship, "TEXT", name).set(Tags.TEXT_VALUE, Vr.UT, value);
    }

    static Dataset uid(String relationship, Code name, String value) {
        return item(relationship, "UIDREF", name).set(Tags.UID, Vr.UI, value);
    }

    static Dataset date(String relationship, Code name, String value) {
        return item(relationship, "DATE", name).set(Tags.DATE, Vr.DA, value);
    }

    static Dataset number(String relationship, Code name, double value, Code unit) {
        return item(relationship, "NUM", name)
                .set(
                        Tags.MEASURED_VALUE_SEQUENCE,
                        new Dataset()
                                .set(Tags.NUMERIC_VALUE, Vr.DS, value)
                                .set(Tags.MEASUREMENT_UNITS_CODE_SEQUENCE, unit.item()));
    }

    /** A reference to an object, or to frames or segments of it. */
    static Dataset image(Code name, Dataset reference) {
        return item("CONTAINS", "IMAGE", name).set(Tags.REFERENCED_SOP_SEQUENCE, reference);
    }

    /** A reference whose place in the report says what it is. */
    static Dataset image(Dataset reference) {
        return new Dataset()
                .set(Tags.RELATIONSHIP_TYPE, Vr.CS, "CONTAINS")
                .set(Tags.VALUE_TYPE, Vr.CS, "IMAGE")
                .set(Tags.REFERENCED_SOP_SEQUENCE, reference);
    }

    /** The item with others below it. */
    static Dataset with(Dataset item, Dataset... below) {
        var content = Stream.concat(item.items(Tags.CONTENT_SEQUENCE).stream(), Arrays.stream(below));
        return item.set(Tags.CONTENT_SEQUENCE, content.toList());
    }

    private static Dataset item(String relationship, String type, Code name) {
        var item = new Dataset().set(Tags.VALUE_TYPE, Vr.CS, type).set(Tags.CONCEPT_NAME_CODE_SEQUENCE, name.item());
        return relationship.isEmpty() ? item : item.set(Tags.RELATIONSHIP_TYPE, Vr.CS, relationship);
    }
}
