package org.auspex.language.documents;

import com.rtfparserkit.parser.RtfListenerAdaptor;
import com.rtfparserkit.parser.RtfStreamSource;
import com.rtfparserkit.parser.standard.StandardRtfParser;
import com.rtfparserkit.rtf.Command;
import com.rtfparserkit.rtf.CommandType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.auspex.language.documents.DocumentRefused.Reason;

/** The body of an RTF document, by RTF Parser Kit. It names its own charsets. */
final class RtfReader implements Reader {

    /** Destinations whose text belongs to the body; the others hold fonts, styles, pictures and the like. */
    private static final Set<Command> BODY =
            Set.of(Command.rtf, Command.fldrslt, Command.footnote, Command.listtext, Command.pntext, Command.shptxt);

    private static final Set<Command> LINES =
            Set.of(Command.par, Command.line, Command.row, Command.sect, Command.page, Command.column);

    private static final Set<Command> TABS = Set.of(Command.tab, Command.cell, Command.nestcell);

    private final Limits limits;

    RtfReader(Limits limits) {
        this.limits = limits;
    }

    @Override
    public Extract read(byte[] bytes, Optional<String> charset) {
        var body = new Body(limits);
        try {
            new StandardRtfParser().parse(new RtfStreamSource(new ByteArrayInputStream(bytes)), body);
        } catch (DocumentRefused e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            // The library tells of damage by whatever broke in it: index, cast, absent element.
            throw new DocumentRefused(
                    Reason.DAMAGED,
                    "The RTF breaks at a %s. Send it again from its source"
                            .formatted(e.getClass().getSimpleName()),
                    e);
        }
        if (body.depth() > 0) {
            throw new DocumentRefused(
                    Reason.DAMAGED,
                    "The RTF ends within %d open groups. Send it again from its source".formatted(body.depth()));
        }
        return body.text.extract(
                body.pictures == 0 ? List.of() : List.of("%d pictures were not read".formatted(body.pictures)));
    }

    /** Follows the groups, and takes the text of those that are part of the body. */
    private static final class Body extends RtfListenerAdaptor {

        private final Limits limits;
        private final TextBuilder text;
        private final Deque<Boolean> skipped = new ArrayDeque<>();
        private boolean skipping;
        private int pictures;

        Body(Limits limits) {
            this.limits = limits;
            this.text = new TextBuilder(limits);
        }

        int depth() {
            return skipped.size();
        }

        @Override
        public void processGroupStart() {
            skipped.push(skipping);
            limits.checkDepth(skipped.size());
        }

        @Override
        public void processGroupEnd() {
            skipping = skipped.pop();
        }

        @Override
        public void processString(String string) {
            if (!skipping) {
                text.verbatim(string.replace("\r", "").replace("\n", ""), Optional.empty());
            }
        }

        @Override
        public void processCommand(Command command, int parameter, boolean hasParameter, boolean optional) {
            if (command == Command.pict) {
                pictures++;
            }
            if (optional || (command.getCommandType() == CommandType.Destination && !BODY.contains(command))) {
                skipping = true;
            } else if (!skipping && LINES.contains(command)) {
                text.line();
            } else if (!skipping && TABS.contains(command)) {
                text.cell();
            }
        }
    }
}
