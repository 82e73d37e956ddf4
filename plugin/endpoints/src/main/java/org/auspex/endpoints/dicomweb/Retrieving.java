package org.auspex.endpoints.dicomweb;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.auspex.imaging.archive.FolderArchive;
import org.auspex.imaging.archive.InstanceUids;
import org.auspex.imaging.dicom.Dataset;
import org.auspex.imaging.dicom.DicomObject;
import org.auspex.imaging.dicom.DicomToolkit;
import org.auspex.imaging.dicom.ReadLimits;
import org.auspex.imaging.dicom.Value;
import org.auspex.imaging.multipart.MediaType;
import org.auspex.imaging.multipart.MultipartWriter;

/** WADO-RS for whole objects, headers and single values (PS3.18, 10.4). */
final class Retrieving {

    private static final String DICOM = "application/dicom";
    private static final String OCTETS = "application/octet-stream";
    private static final String EXPLICIT = "1.2.840.10008.1.2.1";
    /** Transfer syntaxes whose pixels are as they are, so that writing an object in another of them decodes nothing. */
    private static final List<String> NATIVE =
            List.of("1.2.840.10008.1.2", EXPLICIT, "1.2.840.10008.1.2.1.99", "1.2.840.10008.1.2.2");

    private final FolderArchive archive;
    private final DicomToolkit toolkit;
    private final ReadLimits limits;

    Retrieving(FolderArchive archive, DicomToolkit toolkit, ReadLimits limits) {
        this.archive = archive;
        this.toolkit = toolkit;
        this.limits = limits;
    }

    Reply metadata(Target target, String base) {
        var study = target.study().orElseThrow(() -> DicomwebRefused.notFound(target.path()));
        if (target.instance().isPresent()) {
            var header = header(target.uids().orElseThrow());
            return response -> {
                try (var datasets = new Datasets(response, base)) {
                    datasets.accept(header);
                }
            };
        }
        return response -> {
            var datasets = new Datasets(response, base);
            archive.metadata(study, target.series(), datasets);
            datasets.close();
        };
    }

    private Dataset header(InstanceUids uids) {
        return archive.header(uids);
    }

    Reply objects(Target target, HttpServletRequest request) {
        var wanted = Wanted.of(request, DICOM);
        var files = new ArrayList<Path>();
        target.uids()
                .ifPresentOrElse(
                        uids -> files.add(archive.fetch(uids, archive.incoming())),
                        () -> archive.metadata(
                                target.study().orElseThrow(() -> DicomwebRefused.notFound(target.path())),
                                target.series(),
                                header -> files.add(archive.fetch(InstanceUids.of(header), archive.incoming()))));
        var first = read(files.get(0));
        if (files.size() == 1 && wanted.alone()) {
            var as = wanted.syntax(first.transferSyntax());
            return response -> {
                response.setContentType(DICOM);
                send(first, files.get(0), as, response.getOutputStream());
            };
        }
        for (var file : files) {
            wanted.syntax(read(file).transferSyntax());
        }
        return parts(files, wanted);
    }

    private Reply parts(List<Path> files, Wanted wanted) {
        var boundary = UUID.randomUUID().toString();
        return response -> {
            response.setContentType("multipart/related; type=\"%s\"; boundary=%s".formatted(DICOM, boundary));
            try (var parts = new MultipartWriter(response.getOutputStream(), boundary)) {
                for (var file : files) {
                    var object = read(file);
                    var as = wanted.syntax(object.transferSyntax());
                    parts.part(List.of("Content-Type: %s; transfer-syntax=%s".formatted(DICOM, as)));
                    send(object, file, as, response.getOutputStream());
                }
            }
        };
    }

    private void send(DicomObject object, Path file, String as, OutputStream out) throws IOException {
        if (as.equals(object.transferSyntax())) {
            Files.copy(file, out);
        } else {
            toolkit.write(new DicomObject(object.dataset(), as), out);
        }
    }

    private DicomObject read(Path file) {
        try {
            return toolkit.read(file, limits);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** A value that a header leaves out, by the path that the header gives. */
    Reply bulk(Target target, HttpServletRequest request) {
        var uids = target.uids().orElseThrow(() -> DicomwebRefused.notFound(target.path()));
        var object = read(archive.fetch(uids, archive.incoming()));
        var value = value(
                        object.dataset(), target.rest().subList(1, target.rest().size()))
                .orElseThrow(() -> DicomwebRefused.notFound(target.path()));
        var alone = Wanted.of(request, OCTETS).alone();
        var boundary = UUID.randomUUID().toString();
        return response -> {
            if (alone) {
                response.setContentType(OCTETS);
                write(value, response.getOutputStream());
                return;
            }
            response.setContentType("multipart/related; type=\"%s\"; boundary=%s".formatted(OCTETS, boundary));
            try (var parts = new MultipartWriter(response.getOutputStream(), boundary)) {
                parts.part(List.of("Content-Type: " + OCTETS));
                write(value, response.getOutputStream());
            }
        };
    }

    private static Optional<Value.Native> value(Dataset dataset, List<String> path) {
        if (path.isEmpty() || path.size() % 2 == 0) {
            return Optional.empty();
        }
        var tag = Keywords.tag(path.get(0));
        if (path.size() == 1) {
            return tag.flatMap(dataset::get)
                    .map(Dataset.Element::value)
                    .filter(Value.Native.class::isInstance)
                    .map(Value.Native.class::cast);
        }
        var items = tag.map(dataset::items).orElse(List.of());
        var isNumber = path.get(1).matches("[1-9]\\d{0,8}");
        return isNumber && Integer.parseInt(path.get(1)) <= items.size()
                ? value(items.get(Integer.parseInt(path.get(1)) - 1), path.subList(2, path.size()))
                : Optional.empty();
    }

    private static void write(Value.Native value, OutputStream out) throws IOException {
        var piece = 1 << 20;
        for (long at = 0; at < value.length(); at += piece) {
            out.write(value.read(at, (int) Math.min(piece, value.length() - at)));
        }
    }

    /**
     * How a client wants what it fetches.
     *
     * @param alone by itself, and not as a part of a message
     * @param syntaxes transfer syntaxes that it takes, the best first; {@code *} is any
     */
    record Wanted(boolean alone, List<String> syntaxes) {

        /**
         * @param type of what there is
         * @throws DicomwebRefused if it does not take that
         */
        static Wanted of(HttpServletRequest request, String type) {
            var accept = Optional.ofNullable(request.getHeader("Accept")).orElse("*/*");
            var syntaxes = new ArrayList<String>();
            var alone = true;
            for (var one : MediaType.all(accept)) {
                var isParts = one.takes("multipart/related")
                        && one.parameter("type")
                                .map(MediaType::of)
                                .map(of -> of.takes(type))
                                .orElse(true);
                if (isParts || one.takes(type)) {
                    alone &= !isParts;
                    syntaxes.add(one.parameter("transfer-syntax").orElse("*"));
                }
            }
            if (syntaxes.isEmpty()) {
                throw new DicomwebRefused(
                        406, "This is sent as multipart/related; type=\"%1$s\", or alone as %1$s".formatted(type));
            }
            return new Wanted(alone, syntaxes);
        }

        /** In which transfer syntax an object is sent that is stored in another. */
        String syntax(String stored) {
            if (syntaxes.contains("*") || syntaxes.contains(stored)) {
                return stored;
            }
            return syntaxes.stream()
                    .filter(wanted -> NATIVE.contains(stored) && NATIVE.contains(wanted))
                    .findFirst()
                    .orElseThrow(() -> new DicomwebRefused(
                            406,
                            "It is stored in transfer syntax %s, and not sent in %s; accept transfer-syntax=*"
                                    .formatted(stored, syntaxes)));
        }
    }
}
