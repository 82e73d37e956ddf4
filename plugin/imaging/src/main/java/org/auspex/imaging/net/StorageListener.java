package org.auspex.imaging.net;

/** A port on which C-STORE and C-ECHO are answered until it is closed. */
public interface StorageListener extends AutoCloseable {

    /** The port that was bound. */
    int port();

    /** Cuts off who is connected, and frees the port. */
    @Override
    void close();
}
