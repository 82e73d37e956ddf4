package org.auspex.kernel.features;

import java.util.Optional;

/**
 * A choice that the site makes once for all patients, such as its risk region.
 *
 * @param key the setting's full name, {@code auspex.models.settings.MODEL.NAME}
 * @param chosen the category chosen; empty if the site has not chosen
 */
public record Setting(String key, Optional<String> chosen) {}
