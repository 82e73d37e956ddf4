package org.auspex.kernel.evidence;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.auspex.kernel.features.Feature;
import org.auspex.kernel.notes.ReadNote;
import org.auspex.terminology.Code;

/** A value as the record holds it, before any unit is converted. */
sealed interface Value {

    /**
     * A number.
     *
     * @param comparator {@code <}, {@code <=}, {@code >=}, {@code >} or empty
     * @param unit the UCUM code; empty when the record gives none that is known
     * @param writtenUnit what the record says, for messages
     */
    record Measured(BigDecimal number, String comparator, Optional<String> unit, String writtenUnit) implements Value {
        @Override
        public String shown() {
            return (comparator + number + " " + unit.orElse(writtenUnit)).strip();
        }
    }

    /** Codes that mean the same. */
    record Coded(List<Code> codes) implements Value {
        @Override
        public String shown() {
            return codes.stream().map(Code::toString).collect(Collectors.joining(", "));
        }
    }

    /** Words. */
    record Words(String text) implements Value {
        @Override
        public String shown() {
            return text;
        }
    }

    /** Yes or no. */
    record Truth(boolean yes) implements Value {
        @Override
        public String shown() {
            return yes ? "yes" : "no";
        }
    }

    /**
     * What a document states.
     *
     * @param value a number, or yes or no
     * @param quote the words, and where they stand
     */
    record Stated(Value value, String quote) implements Value {
        @Override
        public String shown() {
            return value.shown();
        }
    }

    /** A document with all that it names: the same as long as its text is. */
    record Noted(ReadNote note) implements Value {
        @Override
        public String shown() {
            return "text %s of attachment %d".formatted(note.sha256(), note.attachment());
        }
    }

    /** A document that nobody can read; what it states of anything is not known. */
    record Unreadable(String reason) implements Value {
        @Override
        public String shown() {
            return "unreadable";
        }
    }

    /** What a document says. */
    record Text(List<Feature.Sentence> sentences) implements Value {
        @Override
        public String shown() {
            return sentences.stream().map(Feature.Sentence::text).collect(Collectors.joining("\n"));
        }
    }

    /**
     * Images of a study.
     *
     * @param series what is looked at: UIDs of the series, each with those of its instances
     */
    record Images(List<String> series) implements Value {
        @Override
        public String shown() {
            return String.join("; ", series);
        }
    }

    /** The value as people read it and as a result's identity is computed from. */
    String shown();
}
