package org.auspex.kernel.inference;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Predicate;
import org.auspex.kernel.model.Datatype;

/**
 * Tensors as the Open Inference Protocol (version 2, over HTTP) sends them: all in JSON, or with Triton's binary tensor
 * extension, which puts the bytes behind the JSON.
 *
 * @param body JSON, and behind it the bytes of the tensors that were sent as bytes
 * @param jsonLength where the JSON ends, for the header {@value #JSON_LENGTH}; empty if there is nothing behind it
 */
public record Message(byte[] body, OptionalInt jsonLength) {

    /** The header that says where the JSON ends. */
    public static final String JSON_LENGTH = "Inference-Header-Content-Length";

    private static final ObjectMapper JSON = new ObjectMapper();

    /** What a message holds: its JSON without the tensors' data, and the tensors. */
    public record Content(JsonNode envelope, List<Tensor> tensors) {}

    /**
     * Writes a message.
     *
     * @param envelope what else it says; the tensors are added to it
     * @param field {@code inputs} or {@code outputs}
     * @param asBytes which tensors travel as bytes, by name; the others as JSON
     */
    public static Message of(ObjectNode envelope, String field, List<Tensor> tensors, Predicate<String> asBytes) {
        var list = envelope.putArray(field);
        var behind = new ArrayList<ByteBuffer>();
        for (var tensor : tensors) {
            var node = list.addObject()
                    .put("name", tensor.name())
                    .put("datatype", tensor.datatype().name());
            tensor.shape().forEach(node.putArray("shape")::add);
            if (asBytes.test(tensor.name())) {
                node.putObject("parameters")
                        .put("binary_data_size", tensor.data().remaining());
                behind.add(tensor.data());
            } else {
                write(tensor, node.putArray("data"));
            }
        }
        return of(envelope, behind);
    }

    private static Message of(ObjectNode envelope, List<ByteBuffer> behind) {
        try {
            var json = JSON.writeValueAsBytes(envelope);
            if (behind.isEmpty()) {
                return new Message(json, OptionalInt.empty());
            }
            var size = behind.stream().mapToInt(ByteBuffer::remaining).sum();
            var body = ByteBuffer.allocate(json.length + size).put(json);
            behind.forEach(body::put);
            return new Message(body.array(), OptionalInt.of(json.length));
        } catch (IOException e) {
            throw new UncheckedIOException("A tree became no JSON", e);
        }
    }

    /**
     * Reads the message.
     *
     * @param field {@code inputs} or {@code outputs}
     * @throws TensorRefused if it is not what the protocol says, with what is wrong
     */
    public Content read(String field) {
        var end = jsonLength.orElse(body.length);
        if (end < 0 || end > body.length) {
            throw new TensorRefused("%s is %d, but the body has %d bytes".formatted(JSON_LENGTH, end, body.length));
        }
        var envelope = json(end);
        if (!envelope.path(field).isArray()) {
            throw new TensorRefused("The JSON has no list '%s'".formatted(field));
        }
        var behind = ByteBuffer.wrap(body, end, body.length - end);
        var tensors = new ArrayList<Tensor>();
        for (var node : envelope.path(field)) {
            tensors.add(tensor(node, behind));
        }
        if (behind.hasRemaining()) {
            throw new TensorRefused("%d bytes behind the tensors belong to none".formatted(behind.remaining()));
        }
        return new Content(envelope, tensors);
    }

    private JsonNode json(int end) {
        try {
            return JSON.readTree(body, 0, end);
        } catch (IOException e) {
            throw new TensorRefused("The first %d bytes are no JSON".formatted(end), e);
        }
    }

    private static Tensor tensor(JsonNode node, ByteBuffer behind) {
        var name = node.path("name").asText();
        var datatype = datatype(name, node.path("datatype").asText());
        var shape = new ArrayList<Long>();
        node.path("shape").forEach(size -> shape.add(size.asLong(-1)));
        try {
            var size = node.at("/parameters/binary_data_size");
            var data = size.isMissingNode()
                    ? read(node.path("data"), name, datatype)
                    : bytes(name, size.asInt(-1), behind);
            return new Tensor(name, datatype, shape, data);
        } catch (IllegalArgumentException e) {
            throw new TensorRefused(String.valueOf(e.getMessage()), e);
        }
    }

    private static Datatype datatype(String tensor, String name) {
        try {
            return Datatype.valueOf(name);
        } catch (IllegalArgumentException e) {
            throw new TensorRefused(
                    "Tensor '%s' has datatype '%s'; known are %s"
                            .formatted(tensor, name, Arrays.toString(Datatype.values())),
                    e);
        }
    }

    private static ByteBuffer bytes(String name, int size, ByteBuffer behind) {
        if (size < 0 || size > behind.remaining()) {
            throw new TensorRefused("Tensor '%s' says it has %d bytes behind the JSON, where %d are left"
                    .formatted(name, size, behind.remaining()));
        }
        var data = behind.slice(behind.position(), size);
        behind.position(behind.position() + size);
        return data;
    }

    /** JSON lists may be nested as the shape or flat. */
    private static ByteBuffer read(JsonNode data, String name, Datatype datatype) {
        if (!data.isArray()) {
            throw new TensorRefused("Tensor '%s' has no data".formatted(name));
        }
        if (datatype == Datatype.FP16) {
            throw new TensorRefused("Tensor '%s' of FP16 can only be sent as bytes".formatted(name));
        }
        var flat = new ArrayList<JsonNode>();
        flatten(data, flat);
        var bytes = ByteBuffer.allocate(Math.multiplyExact(flat.size(), datatype.bytes()))
                .order(ByteOrder.LITTLE_ENDIAN);
        for (var value : flat) {
            if (!value.isNumber() && !value.isBoolean()) {
                throw new TensorRefused("Tensor '%s' holds '%s', which is no number".formatted(name, value.asText()));
            }
            put(value, datatype, bytes);
        }
        return bytes.flip();
    }

    private static void flatten(JsonNode node, List<JsonNode> flat) {
        if (node.isArray()) {
            node.forEach(child -> flatten(child, flat));
        } else {
            flat.add(node);
        }
    }

    private static void put(JsonNode value, Datatype datatype, ByteBuffer bytes) {
        switch (datatype) {
            case BOOL -> bytes.put((byte) (value.asBoolean() ? 1 : 0));
            case UINT8, INT8 -> bytes.put((byte) value.asInt());
            case INT16 -> bytes.putShort((short) value.asInt());
            case INT32 -> bytes.putInt(value.asInt());
            case INT64 -> bytes.putLong(value.asLong());
            case FP32 -> bytes.putFloat((float) value.asDouble());
            case FP64 -> bytes.putDouble(value.asDouble());
            case FP16 -> throw new IllegalArgumentException("FP16 has no JSON");
        }
    }

    private static void write(Tensor tensor, ArrayNode list) {
        var bytes = tensor.data();
        var nodes = JsonNodeFactory.instance;
        while (bytes.hasRemaining()) {
            switch (tensor.datatype()) {
                case BOOL -> list.add(bytes.get() != 0);
                case UINT8 -> list.add(Byte.toUnsignedInt(bytes.get()));
                case INT8 -> list.add(bytes.get());
                case INT16 -> list.add(bytes.getShort());
                case INT32 -> list.add(bytes.getInt());
                case INT64 -> list.add(bytes.getLong());
                case FP32 -> list.add(nodes.numberNode(bytes.getFloat()));
                case FP64 -> list.add(bytes.getDouble());
                case FP16 ->
                    throw new TensorRefused("Tensor '%s' of FP16 can only be sent as bytes".formatted(tensor.name()));
            }
        }
    }
}
