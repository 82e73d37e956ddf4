package org.auspex.kernel.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;

/**
 * A card like another version's, for other weights.
 *
 * @param version of the new one
 * @param sha256 of its file of weights, which has the same name
 * @param licence of its weights, and where their data came from
 * @param rollout where it begins
 */
public record DerivedCard(String version, String sha256, String licence, Rollout.Stage rollout) {

    /**
     * The text of the new card.
     *
     * @param folder of the other version
     * @throws CardRefused if the other card is no YAML any more
     */
    public String of(Path folder) throws IOException, CardRefused {
        var card = (ObjectNode) parsed(folder);
        card.put("version", version);
        ((ObjectNode) card.get("engine")).put("sha256", sha256);
        ((ObjectNode) card.get("licence")).put("weights", licence);
        card.put("rollout", rollout.code());
        var settings = DumpSettings.builder()
                .setDefaultFlowStyle(FlowStyle.BLOCK)
                .setWidth(140)
                .build();
        return new Dump(settings).dumpToString(new ObjectMapper().convertValue(card, Map.class));
    }

    private static JsonNode parsed(Path folder) throws IOException, CardRefused {
        try {
            return Yaml.parse(Files.readString(folder.resolve(CardReader.CARD))).root();
        } catch (Yaml.Unreadable e) {
            throw new CardRefused(folder, List.of(e.problem()));
        }
    }
}
