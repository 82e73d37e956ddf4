package org.auspex.imaging.dicomweb;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.auspex.imaging.archive.Archive;
import org.auspex.imaging.archive.ArchiveFailed;
import org.auspex.imaging.archive.ArchiveFailed.Kind;
import org.auspex.imaging.archive.InstanceUids;
import org.auspex.imaging.archive.Query;
import org.auspex.imaging.archive.Stored;
import org.auspex.imaging.dicom.Dataset;
import org.auspex.imaging.dicom.DicomJsonReader;
import org.auspex.imaging.dicom.DicomObject;
import org.auspex.imaging.dicom.DicomRefused;
import org.auspex.imaging.dicom.DicomToolkit;
import org.auspex.imaging.dicom.ReadLimits;
import org.auspex.imaging.dicom.Uid;
import org.auspex.imaging.multipart.MultipartReader;
import org.auspex.imaging.multipart.MultipartRefused;
import org.auspex.imaging.multipart.MultipartWriter;

/** An archive behind DICOMweb. */
public final class DicomwebArchive implements Archive {

    private static final String JSON = "application/dicom+json";
    private static final String AS_STORED = "*";
    private static final String EXPLICIT_LITTLE_ENDIAN = "1.2.840.10008.1.2.1";

    private final ArchiveAddress address;
    private final ArchiveClient client;
    private final DicomToolkit toolkit;
    private final Reading reading;

    /**
     * What is read here.
     *
     * @param limits of one object
     * @param transferSyntaxes that pixels are decoded from; an archive is asked for anything else uncompressed
     */
    public record Reading(ReadLimits limits, Set<String> transferSyntaxes) {
        public Reading {
            transferSyntaxes = Set.copyOf(transferSyntaxes);
        }
    }

    public DicomwebArchive(ArchiveAddress address, ArchiveClient client, DicomToolkit toolkit, Reading reading) {
        this.address = address;
        this.client = client;
        this.toolkit = toolkit;
        this.reading = reading;
    }

    @Override
    public List<Dataset> search(Query query) {
        var found = new ArrayList<Dataset>();
        json(QueryText.path(query), found::add);
        return found;
    }

    @Override
    public void metadata(Uid study, Optional<Uid> series, Consumer<Dataset> each) {
        json(
                "studies/%s/%smetadata"
                        .formatted(
                                study, series.map(uid -> "series/" + uid + "/").orElse("")),
                each);
    }

    private void json(String path, Consumer<Dataset> each) {
        var request = HttpRequest.newBuilder(address.at(path)).header("Accept", JSON);
        try (var reply = client.send(address, request, false).successful()) {
            new DicomJsonReader(reading.limits()).read(reply.body(), each);
        } catch (DicomRefused e) {
            throw new ArchiveFailed(
                    Kind.MALFORMED, "%s sent what is not read here: %s".formatted(address, e.getMessage()), e);
        } catch (IOException e) {
            throw broke(e);
        }
    }

    @Override
    public String url(InstanceUids instance) {
        var base = address.base().toString();
        return (base.endsWith("/") ? base : base + "/") + instance.path();
    }

    @Override
    public Path fetch(InstanceUids instance, Path folder) {
        var file = folder.resolve(instance.instance() + ".dcm");
        var syntax = fetch(instance, file, AS_STORED);
        if (!reading.transferSyntaxes().contains(syntax)) {
            fetch(instance, file, EXPLICIT_LITTLE_ENDIAN);
        }
        return file;
    }

    /** @return the transfer syntax that it came in */
    private String fetch(InstanceUids instance, Path file, String transferSyntax) {
        var request = HttpRequest.newBuilder(address.at(instance.path()))
                .header("Accept", "multipart/related; type=\"application/dicom\"; transfer-syntax=" + transferSyntax);
        try (var reply = client.send(address, request, false).successful()) {
            var parts = new MultipartReader(reply.type()).read(reply.body(), only(file));
            if (parts != 1) {
                throw new ArchiveFailed(Kind.MALFORMED, "%s sent %d parts for one instance".formatted(address, parts));
            }
        } catch (MultipartRefused e) {
            throw new ArchiveFailed(
                    Kind.MALFORMED,
                    "%s did not send instance %s whole: %s".formatted(address, instance.instance(), e.getMessage()),
                    e);
        } catch (IOException e) {
            // What goes wrong with the answer is an ArchiveFailed; this is the file.
            throw new ArchiveFailed(Kind.FULL, "%s cannot be written".formatted(file), e);
        }
        return looked(instance, file).transferSyntax();
    }

    private static MultipartReader.Parts only(Path file) {
        var first = new boolean[] {true};
        return headers -> {
            var out = first[0] ? Files.newOutputStream(file) : OutputStream.nullOutputStream();
            first[0] = false;
            return out;
        };
    }

    /** An archive may send anything; what is used is what was asked for. */
    private DicomObject looked(InstanceUids instance, Path file) {
        try {
            var object = toolkit.read(file, reading.limits());
            if (!InstanceUids.of(object.dataset()).equals(instance)) {
                throw new ArchiveFailed(
                        Kind.MALFORMED, "%s sent another object than %s".formatted(address, instance.instance()));
            }
            return object;
        } catch (DicomRefused e) {
            throw new ArchiveFailed(
                    Kind.MALFORMED,
                    "%s sent for %s what is not read here: %s".formatted(address, instance.instance(), e.getMessage()),
                    e);
        } catch (IOException e) {
            throw broke(e);
        }
    }

    @Override
    public List<Stored> store(List<Path> files) {
        var outcomes = new HashMap<Path, Stored>();
        var objects = new HashMap<Path, DicomObject>();
        for (var file : files) {
            try {
                objects.put(file, header(file));
            } catch (DicomRefused e) {
                outcomes.put(
                        file,
                        new Stored.Refused(
                                Optional.empty(),
                                Optional.empty(),
                                Stored.Reason.UNREADABLE,
                                String.valueOf(e.getMessage())));
            }
        }
        if (!objects.isEmpty()) {
            var answer = send(List.copyOf(objects.keySet()));
            objects.forEach((file, object) -> outcomes.put(file, answer.about(object)));
        }
        return files.stream().map(outcomes::get).toList();
    }

    private DicomObject header(Path file) {
        try {
            var object = toolkit.read(file, reading.limits());
            InstanceUids.of(object.dataset());
            return object;
        } catch (IOException e) {
            throw new ArchiveFailed(Kind.REFUSED, "%s cannot be read".formatted(file), e);
        }
    }

    private StoreAnswer send(List<Path> files) {
        var boundary = UUID.randomUUID().toString();
        var request = HttpRequest.newBuilder(address.at("studies"))
                .header("Content-Type", "multipart/related; type=\"application/dicom\"; boundary=" + boundary)
                .header("Accept", JSON)
                .POST(body(files, boundary));
        try (var reply = client.send(address, request, true)) {
            // 409 says that all were refused, and the body why.
            var answer = reply.status() == 409 ? reply : reply.successful();
            return new StoreAnswer(new DicomJsonReader(reading.limits()).read(answer.body()));
        } catch (DicomRefused e) {
            throw new ArchiveFailed(
                    Kind.MALFORMED, "%s does not say what it stored: %s".formatted(address, e.getMessage()), e);
        } catch (IOException e) {
            throw broke(e);
        }
    }

    private static BodyPublisher body(List<Path> files, String boundary) {
        var parts = new ArrayList<BodyPublisher>();
        for (var file : files) {
            parts.add(BodyPublishers.ofByteArray(
                    MultipartWriter.head(boundary, List.of("Content-Type: application/dicom"))));
            try {
                parts.add(BodyPublishers.ofFile(file));
            } catch (FileNotFoundException e) {
                throw new ArchiveFailed(Kind.REFUSED, "%s is gone".formatted(file), e);
            }
        }
        parts.add(BodyPublishers.ofByteArray(MultipartWriter.end(boundary)));
        return BodyPublishers.concat(parts.toArray(BodyPublisher[]::new));
    }

    private ArchiveFailed broke(IOException e) {
        return new ArchiveFailed(Kind.UNREACHABLE, "The conversation with %s broke off".formatted(address), e);
    }
}
