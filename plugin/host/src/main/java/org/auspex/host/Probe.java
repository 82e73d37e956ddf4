package org.auspex.host;

import ca.uhn.fhir.interceptor.api.IInterceptorService;
import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.jpa.api.dao.IFhirResourceDao;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import ca.uhn.fhir.rest.server.RestfulServer;
import java.util.Collection;
import java.util.List;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Tells the tests what is registered and stored, and writes as another part of a host would, without a request. */
@RestController
@RequestMapping("/probe")
class Probe {

    private final RestfulServer server;
    private final IInterceptorService storage;
    private final DaoRegistry daos;
    private final JdbcTemplate jdbc;

    Probe(RestfulServer server, IInterceptorService storage, DaoRegistry daos, JdbcTemplate jdbc) {
        this.server = server;
        this.storage = storage;
        this.daos = daos;
        this.jdbc = jdbc;
    }

    @GetMapping("/storage-hooks")
    List<String> storageHooks() {
        return names(storage.getAllRegisteredInterceptors());
    }

    @GetMapping("/server-hooks")
    List<String> serverHooks() {
        return names(server.getInterceptorService().getAllRegisteredInterceptors());
    }

    @GetMapping("/providers")
    List<String> providers() {
        return names(server.getPlainProviders());
    }

    /** A query for one column, written by the test. */
    @PostMapping("/query")
    List<String> query(@RequestBody String sql) {
        return jdbc.queryForList(sql, String.class);
    }

    @PostMapping("/dao")
    @SuppressWarnings("unchecked") // the DAO of a resource's class stores that class
    String dao(@RequestBody String json) {
        var resource = server.getFhirContext().newJsonParser().parseResource(json);
        var dao = (IFhirResourceDao<IBaseResource>) daos.getResourceDao(resource.getClass());
        return dao.create(resource, new SystemRequestDetails()).getId().getIdPart();
    }

    private static List<String> names(Collection<?> objects) {
        return objects.stream()
                .map(object -> object.getClass().getName())
                .sorted()
                .toList();
    }
}
