package org.auspex.imaging.archive;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.auspex.imaging.dicom.Dataset;
import org.auspex.imaging.dicom.Tags;
import org.auspex.imaging.dicom.Uid;
import org.auspex.imaging.dicom.Vr;

/**
 * Searches the folder, which is its own index: a study's attributes are those of its first instance. A search within a study
 * reads that study's headers; any other reads one small file per series, until its page is full.
 */
final class FolderSearch {

    private static final String ONLINE = "ONLINE";

    private final Layout layout;
    private final HeaderFiles headers;
    private final Query query;
    private final List<Dataset> found = new ArrayList<>();
    private int skip;

    FolderSearch(Layout layout, HeaderFiles headers, Query query) {
        this.layout = layout;
        this.headers = headers;
        this.query = query;
        this.skip = query.page().offset();
    }

    List<Dataset> run() throws IOException {
        for (var study : within(layout.root(), study())) {
            if (isFull()) {
                break;
            }
            if (query.level() == Level.STUDY) {
                lookAtStudy(study);
            } else {
                lookInto(study);
            }
        }
        return found;
    }

    /** A UID that is searched for is a folder to go to, and no reason to look at all. */
    private Optional<Uid> study() {
        return query.study().or(() -> single(Tags.STUDY_INSTANCE_UID));
    }

    private Optional<Uid> single(int tag) {
        return Optional.ofNullable(query.matching().get(tag))
                .filter(text -> text.matches("[0-9.]+"))
                .map(Uid::new);
    }

    private void lookInto(Path study) throws IOException {
        for (var series : within(study, query.series().or(() -> single(Tags.SERIES_INSTANCE_UID)))) {
            if (isFull()) {
                return;
            }
            if (query.level() == Level.SERIES) {
                lookAtSeries(study, series);
            } else {
                for (var object : objects(series)) {
                    offer(study, headers.read(Layout.header(object)));
                }
            }
        }
    }

    private void lookAtStudy(Path study) throws IOException {
        var first = firstOf(study);
        if (first.isPresent() && Matching.matches(uncounted(), first.get())) {
            offer(study, first.get());
        }
    }

    private void lookAtSeries(Path study, Path series) throws IOException {
        var objects = objects(series);
        if (!objects.isEmpty()) {
            var header = headers.read(Layout.header(objects.get(0)));
            if (Matching.matches(uncounted(), header)) {
                offer(study, with(header, Tags.NUMBER_OF_SERIES_RELATED_INSTANCES, objects.size()));
            }
        }
    }

    private void offer(Path study, Dataset header) throws IOException {
        if (isFull()) {
            return;
        }
        var known = query.study().isEmpty() || query.level() == Level.STUDY ? counted(study, header) : copy(header);
        known.set(Tags.INSTANCE_AVAILABILITY, Vr.CS, ONLINE);
        if (Matching.matches(wanted(), known) && skip-- <= 0) {
            found.add(Attributes.told(known, query));
        }
    }

    /** A study has the modalities of its series, whichever of the two a client asks for. */
    private Map<Integer, String> wanted() {
        return query.matching().entrySet().stream()
                .collect(Collectors.toMap(
                        one -> query.level() == Level.STUDY && one.getKey() == Tags.MODALITY
                                ? Tags.MODALITIES_IN_STUDY
                                : one.getKey(),
                        Map.Entry::getValue,
                        (one, same) -> one));
    }

    private Map<Integer, String> uncounted() {
        return wanted().entrySet().stream()
                .filter(one -> !Matching.isCounted(one.getKey()))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private Dataset counted(Path study, Dataset header) throws IOException {
        var modalities = new TreeSet<String>();
        var series = within(study, Optional.empty());
        var instances = 0;
        for (var one : series) {
            var objects = objects(one);
            instances += objects.size();
            if (!objects.isEmpty()) {
                headers.read(Layout.header(objects.get(0)))
                        .string(Tags.MODALITY)
                        .ifPresent(modalities::add);
            }
        }
        return with(
                with(header, Tags.NUMBER_OF_STUDY_RELATED_SERIES, series.size())
                        .set(Tags.MODALITIES_IN_STUDY, Vr.CS, modalities.toArray(String[]::new)),
                Tags.NUMBER_OF_STUDY_RELATED_INSTANCES,
                instances);
    }

    private Optional<Dataset> firstOf(Path study) throws IOException {
        for (var series : within(study, Optional.empty())) {
            var objects = objects(series);
            if (!objects.isEmpty()) {
                return Optional.of(headers.read(Layout.header(objects.get(0))));
            }
        }
        return Optional.empty();
    }

    private boolean isFull() {
        return found.size() >= query.page().limit();
    }

    private static Dataset with(Dataset header, int tag, int count) {
        return copy(header).set(tag, Vr.IS, (long) count);
    }

    private static Dataset copy(Dataset header) {
        var copy = new Dataset();
        header.elements().forEach(element -> copy.set(element.tag(), element.vr(), element.value()));
        return copy;
    }

    /** The folder of a UID if it is there, or all that are named by one. */
    static List<Path> within(Path folder, Optional<Uid> one) throws IOException {
        if (one.isPresent()) {
            var named = folder.resolve(one.get().value());
            return Files.isDirectory(named) ? List.of(named) : List.of();
        }
        try (var all = Files.list(folder)) {
            return all.filter(path -> !path.getFileName().toString().startsWith("."))
                    .filter(Files::isDirectory)
                    .sorted()
                    .toList();
        }
    }

    /** The objects of a series, by their UIDs. */
    static List<Path> objects(Path series) throws IOException {
        try (var all = Files.list(series)) {
            return all.filter(path -> path.toString().endsWith(Layout.OBJECT))
                    .sorted()
                    .toList();
        }
    }
}
