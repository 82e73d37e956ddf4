package org.auspex.language.documents;

import java.util.Optional;

/** Reads one format. */
interface Reader {

    /**
     * @param charset that was declared beside the bytes
     * @throws DocumentRefused if they cannot be read, or are beyond a limit
     */
    Extract read(byte[] bytes, Optional<String> charset);
}
