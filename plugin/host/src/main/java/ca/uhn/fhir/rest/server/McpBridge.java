package ca.uhn.fhir.rest.server;

import io.modelcontextprotocol.server.McpServerFeatures;
import java.util.List;
import org.jspecify.annotations.NullMarked;

/** As the starter's, under its name. */
@NullMarked
public interface McpBridge {
    List<McpServerFeatures.SyncToolSpecification> generateTools();
}
