package org.auspex.commandline;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code java -jar auspex-server.jar check ...}, {@code evaluate ...}, {@code score ...}, {@code facts ...} and {@code exam ...}. */
@Command(
        name = "auspex-server.jar",
        description = "Without a command the server starts.",
        subcommands = {
            CheckCommand.class,
            EvaluateCommand.class,
            ScoreCommand.class,
            FactsCommand.class,
            ExamCommand.class
        },
        mixinStandardHelpOptions = true)
public final class CommandLineDoor {

    private static final List<String> COMMANDS =
            List.of("check", "evaluate", "score", "facts", "exam", "--help", "-h", "help");

    /** Whether these arguments are a command, and not settings of the server. */
    public static boolean isMeantBy(String[] arguments) {
        return arguments.length > 0 && COMMANDS.contains(arguments[0]);
    }

    /**
     * Runs a command.
     *
     * @return the exit status: 0 all is well, 1 the model or the data is refused, 2 the command is misspelt, 3 some of
     *     the data could not be used
     */
    public static int run(String... arguments) {
        return commandLine().execute(arguments);
    }

    static CommandLine commandLine() {
        return new CommandLine(new CommandLineDoor());
    }
}
