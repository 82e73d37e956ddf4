package org.auspex.imaging.archive;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.auspex.imaging.dicom.Dataset;
import org.auspex.imaging.dicom.Uid;

/** A place where DICOM objects are kept. Every method ends, in good time, with an answer or with {@link ArchiveFailed}. */
public interface Archive {

    /**
     * Stores DICOM files (PS3.10). The files stay the caller's. Each is stored or refused by itself.
     *
     * @return what became of each, in the order of the files
     * @throws ArchiveFailed if none could be tried
     */
    List<Stored> store(List<Path> files);

    /**
     * Finds studies, series or instances.
     *
     * @return for each what it is asked to say of itself, in a stable order
     * @throws ArchiveFailed if the archive does not answer
     */
    List<Dataset> search(Query query);

    /**
     * Reads the header of each instance of a study, or of one of its series. Long values and pixels are left out
     * ({@link org.auspex.imaging.dicom.Value.Elsewhere}).
     *
     * @throws ArchiveFailed if there is no such study or series, or the archive does not answer
     */
    void metadata(Uid study, Optional<Uid> series, Consumer<Dataset> each);

    /** The same, as a list. */
    default List<Dataset> metadata(Uid study, Optional<Uid> series) {
        var headers = new ArrayList<Dataset>();
        metadata(study, series, headers::add);
        return headers;
    }

    /** Where clients fetch an object: an address, or a path of the server that Auspex is part of. */
    String url(InstanceUids instance);

    /**
     * Brings an instance within reach.
     *
     * @param folder where a copy may be put
     * @return a DICOM file: a new one in the folder, or one of the archive's own, which must be left as it is
     * @throws ArchiveFailed if there is no such instance, it is too large, or the archive does not answer
     */
    Path fetch(InstanceUids instance, Path folder);
}
