package org.auspex.kernel.inference;

import java.util.ArrayList;
import java.util.List;

/** A network on the maps of an encoder. The encoder stays where it is served, so that many heads need it once. */
final class HeadNetwork implements Network {

    private final Encoding encoding;
    private final Network head;

    /**
     * @param head takes an image and its maps; closed with this
     */
    HeadNetwork(Encoding encoding, Network head) {
        this.encoding = encoding;
        this.head = head;
    }

    /** The calls of a batch have waited for their turn already, so the encoder takes them as urgent. */
    @Override
    public List<Tensor> run(List<Tensor> inputs) {
        var given = new ArrayList<>(inputs);
        given.addAll(encoding.maps(inputs.get(0), Priority.URGENT));
        return head.run(given);
    }

    @Override
    public void close() {
        head.close();
    }
}
