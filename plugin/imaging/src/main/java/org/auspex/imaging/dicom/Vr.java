package org.auspex.imaging.dicom;

/** Value representations (DICOM PS3.5, 6.2), and how {@link Value} holds each. */
public enum Vr {
    AE(Kind.TEXT),
    AS(Kind.TEXT),
    AT(Kind.WHOLE),
    CS(Kind.TEXT),
    DA(Kind.TEXT),
    DS(Kind.TEXT),
    DT(Kind.TEXT),
    FD(Kind.REAL),
    FL(Kind.REAL),
    IS(Kind.TEXT),
    LO(Kind.TEXT),
    LT(Kind.TEXT),
    OB(Kind.BYTES),
    OD(Kind.BYTES),
    OF(Kind.BYTES),
    OL(Kind.BYTES),
    OV(Kind.BYTES),
    OW(Kind.BYTES),
    PN(Kind.TEXT),
    SH(Kind.TEXT),
    SL(Kind.WHOLE),
    SQ(Kind.ITEMS),
    SS(Kind.WHOLE),
    ST(Kind.TEXT),
    SV(Kind.WHOLE),
    TM(Kind.TEXT),
    UC(Kind.TEXT),
    UI(Kind.TEXT),
    UL(Kind.WHOLE),
    UN(Kind.BYTES),
    UR(Kind.TEXT),
    US(Kind.WHOLE),
    UT(Kind.TEXT),
    UV(Kind.WHOLE);

    /** The kind of {@link Value} that holds it. */
    public enum Kind {
        TEXT,
        WHOLE,
        REAL,
        BYTES,
        ITEMS
    }

    private final Kind kind;

    Vr(Kind kind) {
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
