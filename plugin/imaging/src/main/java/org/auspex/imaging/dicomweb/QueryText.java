package org.auspex.imaging.dicomweb;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.TreeMap;
import org.auspex.imaging.archive.Query;

/** A query as QIDO-RS has it in an address. */
final class QueryText {

    private QueryText() {}

    static String path(Query query) {
        var within = query.study().map(study -> "studies/" + study + "/").orElse("")
                + query.series().map(series -> "series/" + series + "/").orElse("");
        return switch (query.level()) {
            case STUDY -> "studies" + parameters(query);
            case SERIES -> within + "series" + parameters(query);
            case INSTANCE -> within + "instances" + parameters(query);
        };
    }

    private static String parameters(Query query) {
        var parameters = new ArrayList<String>();
        new TreeMap<>(query.matching()).forEach((tag, text) -> parameters.add("%08X=%s".formatted(tag, encoded(text))));
        query.study()
                .filter(study -> query.level() == org.auspex.imaging.archive.Level.STUDY)
                .ifPresent(study -> parameters.add("0020000D=" + study));
        query.include().tags().stream().sorted().forEach(tag -> parameters.add("includefield=%08X".formatted(tag)));
        if (query.include().all()) {
            parameters.add("includefield=all");
        }
        parameters.add("limit=" + query.page().limit());
        parameters.add("offset=" + query.page().offset());
        return "?" + String.join("&", parameters);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
