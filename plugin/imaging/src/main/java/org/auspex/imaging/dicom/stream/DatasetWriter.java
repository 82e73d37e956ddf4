package org.auspex.imaging.dicom.stream;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.auspex.imaging.dicom.Dataset;
import org.auspex.imaging.dicom.Tags;
import org.auspex.imaging.dicom.Value;
import org.auspex.imaging.dicom.Vr;

/** Writes elements. Sequences and items end by delimiters, so that nothing has to be measured beforehand. */
final class DatasetWriter {

    private static final int UNDEFINED = -1;
    private static final int AT_ONCE = 1 << 20;
    private static final Set<String> NATIVE =
            Set.of(Headers.IMPLICIT, Headers.EXPLICIT, Headers.BIG_ENDIAN, Headers.DEFLATED);

    private final Toolkit.HeaderOutput out;
    private final String transferSyntax;

    DatasetWriter(Toolkit.HeaderOutput out, String transferSyntax) {
        this.out = out;
        this.transferSyntax = transferSyntax;
    }

    void write(Dataset dataset, Texts inherited) throws IOException {
        var texts = inherited.within(dataset);
        for (var element : dataset.elements().toList()) {
            write(element, texts);
        }
    }

    private void write(Dataset.Element element, Texts texts) throws IOException {
        var value = element.value();
        if (value instanceof Value.Items sequence) {
            items(element.tag(), sequence.items(), texts);
        } else if (value instanceof Value.Encapsulated pixels) {
            fragments(element, pixels);
        } else if (value instanceof Value.Native stored) {
            stored(element, stored);
        } else {
            var bytes = new Encoding(element, texts, out.isBigEndian()).bytes();
            header(element.tag(), element.vr(), bytes.length + (bytes.length & 1));
            out.bytes(bytes);
            pad(element.vr(), bytes.length);
        }
    }

    private void items(int tag, List<Dataset> items, Texts texts) throws IOException {
        out.header(tag, Vr.SQ, items.isEmpty() ? 0 : UNDEFINED);
        for (var item : items) {
            out.header(Header.ITEM, Vr.UN, UNDEFINED);
            write(item, texts);
            out.header(Header.ITEM_END, Vr.UN, 0);
        }
        if (!items.isEmpty()) {
            out.header(Header.SEQUENCE_END, Vr.UN, 0);
        }
    }

    private void fragments(Dataset.Element element, Value.Encapsulated pixels) throws IOException {
        if (NATIVE.contains(transferSyntax)) {
            throw new IllegalArgumentException("%s holds fragments, and the transfer syntax %s has none"
                    .formatted(Tags.shown(element.tag()), transferSyntax));
        }
        header(element.tag(), element.vr(), UNDEFINED);
        table(pixels.table());
        for (int i = 0; i < pixels.count(); i++) {
            var fragment = pixels.fragment(i);
            out.header(Header.ITEM, Vr.UN, fragment.length + (fragment.length & 1));
            out.bytes(fragment);
            pad(Vr.OB, fragment.length);
        }
        out.header(Header.SEQUENCE_END, Vr.UN, 0);
    }

    private void table(List<Long> table) throws IOException {
        out.header(Header.ITEM, Vr.UN, table.size() * 4);
        for (var offset : table) {
            out.bytes(Encoding.word(offset));
        }
    }

    private void stored(Dataset.Element element, Value.Native stored) throws IOException {
        if (stored.length() >= Header.UNDEFINED) {
            throw new IllegalArgumentException("%s is %d bytes long; an element has 32 bits for its length"
                    .formatted(Tags.shown(element.tag()), stored.length()));
        }
        header(element.tag(), element.vr(), (int) (stored.length() + (stored.length() & 1)));
        for (long offset = 0; offset < stored.length(); offset += AT_ONCE) {
            var bytes = stored.read(offset, (int) Math.min(AT_ONCE, stored.length() - offset));
            out.bytes(stored.bigEndian() == out.isBigEndian() ? bytes : Values.swapped(element.vr(), bytes));
        }
        pad(element.vr(), stored.length());
    }

    private void pad(Vr vr, long length) throws IOException {
        if ((length & 1) != 0) {
            out.bytes(new byte[] {(byte) (vr.kind() == Vr.Kind.TEXT && vr != Vr.UI ? ' ' : 0)});
        }
    }

    /** The toolkit does not know the youngest VRs; their headers have the long form. */
    private void header(int tag, Vr vr, int length) throws IOException {
        if (!Headers.isYoung(vr.name()) || !out.isExplicit()) {
            out.header(tag, Headers.isYoung(vr.name()) ? Vr.UN : vr, length);
            return;
        }
        out.bytes(Encoding.longHeader(tag, vr, length, out.isBigEndian()));
    }
}
