package org.auspex.endpoints.dicomweb;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.auspex.imaging.archive.Archive;
import org.auspex.imaging.archive.Level;
import org.auspex.imaging.archive.Query;
import org.auspex.imaging.dicom.Dataset;
import org.auspex.imaging.dicom.Tags;
import org.auspex.imaging.dicom.Uid;
import org.auspex.imaging.dicom.Vr;

/** QIDO-RS (PS3.18, 10.6). */
final class Searching {

    private static final int MOST = 1000;
    private static final Set<String> NOT_ATTRIBUTES = Set.of("limit", "offset", "includefield", "fuzzymatching");

    private final Archive archive;

    Searching(Archive archive) {
        this.archive = archive;
    }

    Reply answer(Target target, HttpServletRequest request, String base) {
        var query = query(target, request.getParameterMap());
        var asked = query.page().limit();
        // One more than asked for tells whether there are more.
        var found = archive.search(new Query(
                query.level(),
                query.study(),
                query.series(),
                query.matching(),
                new Query.Page(query.page().offset(), asked + 1),
                query.include()));
        return response -> {
            if (found.size() > asked) {
                response.setHeader(
                        "Warning",
                        "299 auspex \"There are additional results that can be requested, from offset %d\""
                                .formatted(query.page().offset() + asked));
            }
            try (var datasets = new Datasets(response, base)) {
                found.stream()
                        .limit(asked)
                        .map(one -> one.set(Tags.RETRIEVE_URL, Vr.UR, base + "/" + path(one, query)))
                        .forEach(datasets);
            }
        };
    }

    /** Where what was found is fetched from. */
    private static String path(Dataset found, Query query) {
        var study = query.study()
                .map(Uid::value)
                .or(() -> found.string(Tags.STUDY_INSTANCE_UID))
                .orElseThrow();
        var path = "studies/" + study;
        if (query.level() != Level.STUDY) {
            path += "/series/"
                    + query.series()
                            .map(Uid::value)
                            .or(() -> found.string(Tags.SERIES_INSTANCE_UID))
                            .orElseThrow();
        }
        return query.level() == Level.INSTANCE
                ? path + "/instances/" + found.string(Tags.SOP_INSTANCE_UID).orElseThrow()
                : path;
    }

    private static Query query(Target target, Map<String, String[]> parameters) {
        if (parameters.containsKey("fuzzymatching")
                && !one(parameters, "fuzzymatching").equals("false")) {
            throw new DicomwebRefused(
                    400, "fuzzymatching is not supported here; leave it out, and use * and ? in PatientName");
        }
        return new Query(
                level(target),
                target.study(),
                target.series(),
                matching(parameters),
                new Query.Page(number(parameters, "offset", 0), Math.min(number(parameters, "limit", MOST), MOST)),
                include(parameters));
    }

    private static Level level(Target target) {
        return switch (target.action()) {
            case "studies" -> Level.STUDY;
            case "series" -> Level.SERIES;
            case "instances" -> Level.INSTANCE;
            default -> throw DicomwebRefused.notFound(target.path());
        };
    }

    private static Map<Integer, String> matching(Map<String, String[]> parameters) {
        var matching = new HashMap<Integer, String>();
        for (var name : parameters.keySet()) {
            if (!NOT_ATTRIBUTES.contains(name)) {
                matching.put(tag(name), one(parameters, name));
            }
        }
        return matching;
    }

    private static Query.Include include(Map<String, String[]> parameters) {
        var names = Arrays.stream(parameters.getOrDefault("includefield", new String[0]))
                .flatMap(value -> List.of(value.split(",", -1)).stream())
                .filter(name -> !name.isEmpty())
                .toList();
        var tags = new HashSet<Integer>();
        names.stream().filter(name -> !name.equals("all")).forEach(name -> tags.add(tag(name)));
        return new Query.Include(names.contains("all"), tags);
    }

    private static int tag(String name) {
        return Optional.of(name)
                .flatMap(Keywords::tag)
                .orElseThrow(() -> new DicomwebRefused(
                        400,
                        "'%s' is no attribute that is known here; name it by 8 hexadecimal digits, such as 00100020"
                                .formatted(name)));
    }

    private static int number(Map<String, String[]> parameters, String name, int otherwise) {
        if (!parameters.containsKey(name)) {
            return otherwise;
        }
        var text = one(parameters, name);
        if (!text.matches("\\d{1,9}")) {
            throw new DicomwebRefused(400, "%s is '%s', which is no whole number".formatted(name, text));
        }
        return Integer.parseInt(text);
    }

    private static String one(Map<String, String[]> parameters, String name) {
        var values = parameters.getOrDefault(name, new String[0]);
        if (values.length != 1) {
            throw new DicomwebRefused(400, "%s is given %d times; give it once".formatted(name, values.length));
        }
        return values[0];
    }
}
