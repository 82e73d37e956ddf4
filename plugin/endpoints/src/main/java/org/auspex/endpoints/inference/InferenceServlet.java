package org.auspex.endpoints.inference;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Supplier;
import org.auspex.kernel.ModelNotReady;
import org.auspex.kernel.UnknownModel;
import org.auspex.kernel.inference.InferenceFailed;
import org.auspex.kernel.inference.Message;
import org.auspex.kernel.inference.TensorRefused;

/**
 * {@code /v2}: the Open Inference Protocol with Triton's binary tensor, statistics and repository index extensions. An
 * error is {@code {"error": "..."}}, as the protocol says.
 */
public final class InferenceServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final transient InferenceService service;
    private final int maxBytes;

    /**
     * @param maxBytes of a request's body
     */
    public InferenceServlet(InferenceService service, int maxBytes) {
        this.service = service;
        this.maxBytes = maxBytes;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var path = Target.parts(path(request));
        answer(response, () -> get(path));
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var path = Target.parts(path(request));
        if (path.equals(List.of("repository", "index"))) {
            answer(response, () -> Reply.of(service.index()));
            return;
        }
        var body = request.getInputStream().readNBytes(maxBytes + 1);
        answer(response, () -> post(path, body, request));
    }

    private Reply get(List<String> path) {
        return switch (String.join("/", path)) {
            case "" -> Reply.of(service.server());
            case "health/live" -> Reply.empty(200);
            case "health/ready" -> Reply.empty(service.isReady() ? 200 : 503);
            case "models/stats" -> Reply.of(service.statistics());
            default -> about(path);
        };
    }

    private Reply about(List<String> path) {
        var target = Target.of(path).orElseThrow(() -> new NoSuchPath(path));
        return switch (target.action()) {
            case "" -> Reply.of(service.metadata(target));
            case "ready" -> Reply.empty(service.isReady(target) ? 200 : 503);
            case "stats" -> Reply.of(service.statistics(target));
            default -> throw new NoSuchPath(path);
        };
    }

    private Reply post(List<String> path, byte[] body, HttpServletRequest request) {
        var target =
                Target.of(path).filter(found -> found.action().equals("infer")).orElseThrow(() -> new NoSuchPath(path));
        if (body.length > maxBytes) {
            throw new TensorRefused("The request has more than %d bytes; send fewer rows, or raise".formatted(maxBytes)
                    + " auspex.inference.endpoint.max-bytes");
        }
        return Reply.of(service.infer(target, new Message(body, jsonLength(request))));
    }

    private static OptionalInt jsonLength(HttpServletRequest request) {
        var header = request.getHeader(Message.JSON_LENGTH);
        try {
            return header == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(header.trim()));
        } catch (NumberFormatException e) {
            throw new TensorRefused("%s is '%s', which is no number".formatted(Message.JSON_LENGTH, header), e);
        }
    }

    private static String path(HttpServletRequest request) {
        return request.getPathInfo() == null ? "" : request.getPathInfo();
    }

    private static void answer(HttpServletResponse response, Supplier<Reply> work) throws IOException {
        reply(work).send(response);
    }

    private static Reply reply(Supplier<Reply> work) {
        try {
            return work.get();
        } catch (TensorRefused e) {
            return Reply.error(400, e);
        } catch (UnknownModel | NoSuchPath e) {
            return Reply.error(404, e);
        } catch (ModelNotReady e) {
            return Reply.error(409, e);
        } catch (InferenceFailed e) {
            return Reply.error(
                    switch (e.kind()) {
                        case FAULT -> 500;
                        case TIMEOUT -> 504;
                        case BUSY, DOWN -> 503;
                    },
                    e);
        }
    }

    /** No such place below {@code /v2}. */
    private static final class NoSuchPath extends RuntimeException {

        private static final long serialVersionUID = 1L;

        NoSuchPath(List<String> path) {
            super("There is nothing at /v2/" + String.join("/", path)
                    + "; see models/NAME[/versions/VERSION][/infer|/ready|/stats]");
        }
    }

    /** A status and a body. */
    private record Reply(int status, Message message) {

        static Reply of(Message message) {
            return new Reply(200, message);
        }

        static Reply of(JsonNode json) {
            return new Reply(200, json(json));
        }

        static Reply empty(int status) {
            return new Reply(status, new Message(new byte[0], OptionalInt.empty()));
        }

        static Reply error(int status, RuntimeException why) {
            return new Reply(status, json(JSON.createObjectNode().put("error", why.getMessage())));
        }

        private static Message json(JsonNode tree) {
            try {
                return new Message(JSON.writeValueAsBytes(tree), OptionalInt.empty());
            } catch (IOException e) {
                throw new java.io.UncheckedIOException("A tree became no JSON", e);
            }
        }

        void send(HttpServletResponse response) throws IOException {
            response.setStatus(status);
            if (status == 503) {
                response.setHeader("Retry-After", "1");
            }
            message.jsonLength().ifPresent(length -> response.setHeader(Message.JSON_LENGTH, String.valueOf(length)));
            response.setContentType(message.jsonLength().isPresent() ? "application/octet-stream" : "application/json");
            response.setContentLength(message.body().length);
            response.getOutputStream().write(message.body());
        }
    }
}
