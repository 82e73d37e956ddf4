package org.auspex.autoconfigure;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.auspex.language.facts.FactKind;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Everything that can be set; docs/configuration.md explains each.
 *
 * @param home folder for what Auspex writes beside the database; {@link Home} says which if absent
 */
@ConfigurationProperties("auspex")
record AuspexSettings(
        @Nullable Path home,
        @DefaultValue ModelSettings models,
        @DefaultValue EvidenceSettings evidence,
        @DefaultValue InferenceSettings inference,
        @DefaultValue ChatSettings chat,
        @DefaultValue WorklistSettings worklist,
        @DefaultValue JobSettings jobs,
        @DefaultValue WatchSettings watch,
        @DefaultValue DicomSettings dicom,
        @DefaultValue DocumentSettings documents,
        @DefaultValue ReadingSettings reading,
        @DefaultValue ConsultSettings consult,
        @DefaultValue McpSettings mcp) {

    /**
     * @param path folder of model folders; {@code home/models} if absent
     * @param shipped whether the models in the jar serve
     * @param maxBytes of a file of weights, and of what an archive of them unpacks to
     * @param trustOnFirstUse whether bundles without a hash are taken as they were seen first
     * @param settings what the site chooses for models that ask, by model and name, such as {@code score2.region}
     * @param poll how often the folders are looked at for what was dropped there, changed or taken away
     */
    record ModelSettings(
            @Nullable Path path,
            @DefaultValue("true") boolean shipped,
            @DefaultValue("PT2S") Duration poll,
            @DefaultValue("1073741824") long maxBytes,
            @DefaultValue("false") boolean trustOnFirstUse,
            @DefaultValue Map<String, Map<String, String>> settings) {}

    /**
     * @param maxResources resources of one type that one question may read
     */
    record EvidenceSettings(@DefaultValue("20000") int maxResources) {}

    /**
     * @param timeout how long one batch may take
     * @param queue calls that may wait for one model
     * @param maxNumbers that a tensor which a card declares may have, or an image and anything made of it on its way
     * @param endpoint the door at {@code /v2}
     */
    record InferenceSettings(
            @DefaultValue("PT30S") Duration timeout,
            @DefaultValue("256") int queue,
            @DefaultValue("67108864") long maxNumbers,
            @DefaultValue EndpointSettings endpoint) {}

    /**
     * @param enabled whether models can be called at {@code /v2}; a host decides, for its security must cover that path
     * @param maxBytes of one request
     */
    record EndpointSettings(
            @DefaultValue("false") boolean enabled,
            @DefaultValue("268435456") int maxBytes) {}

    /**
     * @param threads workers of each model, and of cohorts
     * @param batch questions that a worker takes at once
     * @param poll how often a worker looks when nobody wakes it
     * @param lease after this, work of a server that gives no sign of life is given to another
     * @param attempts after this many failures a question has failed
     * @param backoff wait after the first failure; it doubles each time
     * @param unserved how long questions wait for a model that no server serves
     * @param sweep how often the server looks for what it could not put on the worklist
     */
    record WorklistSettings(
            @DefaultValue("2") int threads,
            @DefaultValue("64") int batch,
            @DefaultValue("PT1S") Duration poll,
            @DefaultValue("PT30S") Duration lease,
            @DefaultValue("5") int attempts,
            @DefaultValue("PT1S") Duration backoff,
            @DefaultValue("PT1H") Duration unserved,
            @DefaultValue("PT30S") Duration sweep) {}

    /**
     * @param enabled whether models are watched
     * @param period how often an Observation about each is stored
     * @param window the time that its figures are about
     * @param keep how long these Observations are kept
     */
    record WatchSettings(
            @DefaultValue("true") boolean enabled,
            @DefaultValue("PT1H") Duration period,
            @DefaultValue("P1D") Duration window,
            @DefaultValue("P31D") Duration keep) {}

    /**
     * @param maxSubjects members that one cohort may have
     */
    record JobSettings(@DefaultValue("50000") int maxSubjects) {}

    /**
     * @param sources where attachments of documents may be fetched from, by names of the operator's
     * @param timeout of one attachment
     */
    record DocumentSettings(
            @DefaultValue Map<String, SourceSettings> sources,
            @DefaultValue("PT30S") Duration timeout) {}

    /**
     * @param url an address, with all beneath it
     * @param authorization what the header Authorization says there
     */
    record SourceSettings(String url, @Nullable String authorization) {}

    /**
     * @param words terminologies of the site that documents are read by, by names of the operator's
     * @param rescan how often they are looked for anew
     * @param recogniser model that finds in notes what is in no vocabulary
     */
    record ReadingSettings(
            @DefaultValue Map<String, WordSettings> words,
            @DefaultValue("PT5M") Duration rescan,
            @Nullable String recogniser) {}

    /**
     * @param url canonical address of a CodeSystem or an expanded ValueSet that is stored here
     * @param kind what its concepts are
     */
    record WordSettings(String url, FactKind kind) {}

    /**
     * @param enabled whether {@code $predict} is a tool where the host offers tools by the Model Context Protocol
     */
    record McpSettings(@DefaultValue("true") boolean enabled) {}
}
