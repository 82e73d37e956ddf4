package org.auspex.autoconfigure;

import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;

/** Keeps the libraries that Auspex brings or uses from telling the host's log how they are. Errors stay. */
final class HostLog {

    private static final LoggingSystem LOGGING = LoggingSystem.get(HostLog.class.getClassLoader());

    private HostLog() {}

    /** Lets a library that only Auspex uses log its errors alone, unless the operator has chosen a level for it. */
    static void onlyErrors(String logger) {
        var chosen = LOGGING.getLoggerConfiguration(logger);
        if (chosen == null || chosen.getConfiguredLevel() == null) {
            LOGGING.setLogLevel(logger, LogLevel.ERROR);
        }
    }

    /** The same while something is done, for a library that the host may use as well. */
    static void without(String logger, Runnable action) {
        var chosen = LOGGING.getLoggerConfiguration(logger);
        var before = chosen == null ? null : chosen.getConfiguredLevel();
        if (before != null) {
            action.run();
            return;
        }
        LOGGING.setLogLevel(logger, LogLevel.ERROR);
        try {
            action.run();
        } finally {
            LOGGING.setLogLevel(logger, null);
        }
    }
}
