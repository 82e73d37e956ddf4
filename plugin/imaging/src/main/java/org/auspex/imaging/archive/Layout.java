package org.auspex.imaging.archive;

import java.nio.file.Path;
import org.auspex.imaging.dicom.Uid;

/**
 * Where things lie in the folder: {@code <study>/<series>/<instance>.dcm}, beside each the header as DICOM JSON. Folders whose
 * names begin with a dot are the archive's own.
 */
record Layout(Path root) {

    static final String OBJECT = ".dcm";
    static final String HEADER = ".json";

    Path study(Uid study) {
        return root.resolve(study.value());
    }

    Path series(Uid study, Uid series) {
        return study(study).resolve(series.value());
    }

    Path object(InstanceUids uids) {
        return series(uids.study(), uids.series()).resolve(uids.instance() + OBJECT);
    }

    Path header(InstanceUids uids) {
        return series(uids.study(), uids.series()).resolve(uids.instance() + HEADER);
    }

    static Path header(Path object) {
        var name = object.getFileName().toString();
        return object.resolveSibling(name.substring(0, name.length() - OBJECT.length()) + HEADER);
    }

    /** What is not whole yet. On the same file system, so that it can be moved at once. */
    Path incoming() {
        return root.resolve(".incoming");
    }

    /** Which study and series an instance is of: its UID is taken once in the whole archive. 256 folders, or one would be too full. */
    Path claim(Uid instance) {
        var shelf = "%02x".formatted(instance.value().hashCode() & 0xFF);
        return root.resolve(".instances").resolve(shelf).resolve(instance.value());
    }

    Path changed() {
        return root.resolve(".changed");
    }
}
