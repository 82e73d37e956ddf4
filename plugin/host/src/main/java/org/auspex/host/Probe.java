package org.auspex.host;

import ca.uhn.fhir.interceptor.api.IInterceptorService;
import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.jpa.api.dao.IFhirResourceDao;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import ca.uhn.fhir.rest.server.RestfulServer;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Tells the tests what is registered and stored, and writes as another part of a host would, without a request. */
@RestController
@RequestMapping("/probe")
class Probe {

    private final RestfulServer server;
    private final IInterceptorService storage;
    private final DaoRegistry daos;
    private final JdbcTemplate jdbc;
    private final ConfigurableListableBeanFactory beans;

    Probe(
            RestfulServer server,
            IInterceptorService storage,
            DaoRegistry daos,
            JdbcTemplate jdbc,
            ConfigurableListableBeanFactory beans) {
        this.server = server;
        this.storage = storage;
        this.daos = daos;
        this.jdbc = jdbc;
        this.beans = beans;
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

    /** What the web server serves and lets requests pass through, and what answers them. */
    @GetMapping("/web")
    List<String> web(HttpServletRequest request) {
        var web = request.getServletContext();
        return Stream.of(
                        web.getServletRegistrations().values().stream()
                                .map(servlet ->
                                        "servlet " + servlet.getName() + " " + new TreeSet<>(servlet.getMappings())),
                        web.getFilterRegistrations().values().stream()
                                .map(filter -> "filter " + filter.getName() + " " + filter.getUrlPatternMappings()),
                        Stream.of(beans.getBeanNamesForType(HandlerMapping.class))
                                .map(name -> "handlers " + name),
                        Stream.of(beans.getBeanNamesForType(WebMvcConfigurer.class))
                                .map(name -> "web " + name),
                        Stream.of(beans.getBeanNamesForAnnotation(Endpoint.class))
                                .map(name -> "actuator " + name))
                .flatMap(names -> names)
                .sorted()
                .toList();
    }

    /** Beans that need themselves, by way of others. */
    @GetMapping("/cycles")
    List<String> cycles() {
        return Stream.of(beans.getBeanDefinitionNames())
                .filter(bean -> needed(bean).contains(bean))
                .sorted()
                .toList();
    }

    private Set<String> needed(String bean) {
        var needed = new HashSet<String>();
        var open = new ArrayDeque<>(List.of(bean));
        while (!open.isEmpty()) {
            for (var next : beans.getDependenciesForBean(open.remove())) {
                if (needed.add(next)) {
                    open.add(next);
                }
            }
        }
        return needed;
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
