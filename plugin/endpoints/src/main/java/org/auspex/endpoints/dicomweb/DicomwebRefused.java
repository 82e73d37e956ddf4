package org.auspex.endpoints.dicomweb;

/** A request that gets no answer but a status and the reason for it. */
final class DicomwebRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;

    DicomwebRefused(int status, String why) {
        super(why);
        this.status = status;
    }

    int status() {
        return status;
    }

    static DicomwebRefused notFound(String path) {
        return new DicomwebRefused(
                404,
                "There is nothing at /dicomweb/%s; see studies[/UID[/series[/UID[/instances[/UID]]]]], and behind them metadata, frames/N, rendered or bulkdata/PATH"
                        .formatted(path));
    }
}
