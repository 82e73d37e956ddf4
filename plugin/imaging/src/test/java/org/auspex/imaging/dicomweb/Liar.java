package org.auspex.imaging.dicomweb;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** A server that answers each request with the bytes it was told to, whatever HTTP says, and then does as it was told. */
final class Liar implements AutoCloseable {

    private final ServerSocket door;
    private final List<Socket> callers = Collections.synchronizedList(new ArrayList<>());
    private final List<String> asked = Collections.synchronizedList(new ArrayList<>());

    /** What it does with the line of a connection. */
    @FunctionalInterface
    interface Answer {
        void write(OutputStream out) throws IOException, InterruptedException;
    }

    Liar(Answer answer) throws IOException {
        door = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        var thread = new Thread(() -> serve(answer), "liar");
        thread.setDaemon(true);
        thread.start();
    }

    private void serve(Answer answer) {
        while (!door.isClosed()) {
            try {
                var caller = door.accept();
                callers.add(caller);
                asked.add(request(caller));
                answer.write(caller.getOutputStream());
                caller.close();
            } catch (IOException | InterruptedException closed) {
                // The client has hung up, or the test is over.
            }
        }
    }

    /** The head of a request. */
    private static String request(Socket caller) throws IOException {
        var head = new StringBuilder();
        while (!head.toString().endsWith("\r\n\r\n")) {
            var next = caller.getInputStream().read();
            if (next < 0) {
                return head.toString();
            }
            head.append((char) next);
        }
        return head.toString();
    }

    static Answer saying(String text) {
        return out -> out.write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    List<String> asked() {
        return List.copyOf(asked);
    }

    ArchiveAddress address() {
        return new ArchiveAddress(
                URI.create("http://127.0.0.1:%d/dicom-web".formatted(door.getLocalPort())),
                Optional.of("Bearer secret"));
    }

    @Override
    public void close() {
        try {
            door.close();
            for (var caller : List.copyOf(callers)) {
                caller.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
