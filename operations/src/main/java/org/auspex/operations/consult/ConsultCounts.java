package org.auspex.operations.consult;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** How many questions became what, since the server started. */
public final class ConsultCounts {

    /** What became of a question; an escalated one is also answered or declined. */
    public enum Became {
        ANSWERED,
        DECLINED,
        ESCALATED,
        REFUSED
    }

    private final Map<Became, LongAdder> counts = new EnumMap<>(Became.class);

    public ConsultCounts() {
        for (var became : Became.values()) {
            counts.put(became, new LongAdder());
        }
    }

    void count(Became became) {
        counts.getOrDefault(became, new LongAdder()).increment();
    }

    public long of(Became became) {
        return counts.getOrDefault(became, new LongAdder()).sum();
    }
}
