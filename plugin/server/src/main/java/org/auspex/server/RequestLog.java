package org.auspex.server;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.RestOperationTypeEnum;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One line per request: verb, interaction, resource and duration. Never the query nor an exception's message, for both
 * carry names, birth dates and values; of a failure it keeps the status and HAPI's error number, which tell as much.
 */
@Interceptor
public final class RequestLog {

    private static final Logger LOG = LoggerFactory.getLogger(RequestLog.class);
    private static final Pattern UNEXPECTED = Pattern.compile("[^A-Za-z0-9 /$._-]");
    private static final Pattern ERROR_NUMBER = Pattern.compile("^HAPI-\\d+");

    @Hook(Pointcut.SERVER_PROCESSING_COMPLETED_NORMALLY)
    public void answered(RequestDetails request) {
        LOG.info("{} in {} ms", what(request), milliseconds(request));
    }

    /** Returns true so that HAPI goes on to answer with its OperationOutcome. */
    @Hook(Pointcut.SERVER_HANDLE_EXCEPTION)
    public boolean failed(RequestDetails request, BaseServerResponseException failure) {
        LOG.info(
                "{} failed with {} {} in {} ms",
                what(request),
                failure.getStatusCode(),
                errorNumber(failure),
                milliseconds(request));
        return true;
    }

    private static String what(RequestDetails request) {
        RestOperationTypeEnum interaction = request.getRestOperationType();
        Object resource = request.getId() == null ? request.getResourceName() : request.getId();
        String words = Stream.of(
                        request.getRequestType(),
                        interaction == null ? null : interaction.getCode(),
                        request.getOperation(),
                        resource)
                .filter(Objects::nonNull)
                .map(Object::toString)
                .collect(Collectors.joining(" "));
        // What a client put into the path may hold line breaks, and with them log lines of its own making.
        return UNEXPECTED.matcher(words).replaceAll("_");
    }

    private static String errorNumber(BaseServerResponseException failure) {
        Matcher number = ERROR_NUMBER.matcher(Objects.toString(failure.getMessage(), ""));
        return number.find() ? number.group() : failure.getClass().getSimpleName();
    }

    private static long milliseconds(RequestDetails request) {
        return request.getRequestStopwatch().getMillis();
    }
}
