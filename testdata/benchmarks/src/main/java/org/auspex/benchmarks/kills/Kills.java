package org.auspex.benchmarks.kills;

import picocli.CommandLine.Command;

/** {@code kills worklist}, {@code kills outage} and so on. */
@Command(
        name = "kills",
        description =
                "Kills processes, databases and models, and counts whether the promise held; see docs/reliability.md.",
        subcommands = {WorklistKills.class, Outage.class, Asleep.class, BadModels.class, FullDisk.class, Node.class},
        mixinStandardHelpOptions = true)
public final class Kills {}
