package org.auspex.autoconfigure;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How questions of patients are answered; docs/configuration.md explains each.
 *
 * @param knowledge folder of documents; without it answers come from the record alone
 * @param rescan how often the folder is looked at
 * @param maxKnowledgeCharacters of all documents together, in memory
 * @param maxQuestion characters of a question
 * @param embedding version of a model by whose vectors passages are found, beside their words
 * @param emergency number or contact for emergencies
 * @param contact whom patients ask
 */
record ConsultSettings(
        @Nullable Path knowledge,
        @DefaultValue("PT1M") Duration rescan,
        @DefaultValue("20000000") long maxKnowledgeCharacters,
        @DefaultValue("2000") int maxQuestion,
        @Nullable String embedding,
        @Nullable String emergency,
        @Nullable String contact) {}
