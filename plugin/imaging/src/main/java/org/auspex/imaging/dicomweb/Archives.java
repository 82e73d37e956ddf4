package org.auspex.imaging.dicomweb;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.auspex.imaging.archive.Archive;
import org.auspex.imaging.archive.ArchiveFailed;
import org.auspex.imaging.archive.ArchiveFailed.Kind;
import org.auspex.imaging.dicom.DicomToolkit;
import org.auspex.imaging.dicomweb.DicomwebArchive.Reading;
import org.hl7.fhir.r4.model.Endpoint;

/**
 * The archives that may be called. Anybody who may write an Endpoint could otherwise have the server call any address, with
 * what authorises it. So an Endpoint is only believed if an operator listed its address, or one that it lies beneath.
 */
public final class Archives {

    private static final String CONNECTION_TYPES = "http://terminology.hl7.org/CodeSystem/endpoint-connection-type";
    private static final String WADO_RS = "dicom-wado-rs";

    private final Map<String, ArchiveAddress> listed;
    private final ArchiveClient client;
    private final DicomToolkit toolkit;
    private final Reading reading;

    /**
     * @param listed by the names that the operator gave them
     * @throws IllegalArgumentException if an address is none of an archive
     */
    public Archives(Map<String, ArchiveAddress> listed, ArchiveClient client, DicomToolkit toolkit, Reading reading) {
        this.listed = new TreeMap<>(listed);
        this.client = client;
        this.toolkit = toolkit;
        this.reading = reading;
        listed.forEach((name, archive) -> {
            if (!isPlain(archive.base())) {
                throw new IllegalArgumentException(
                        "auspex.dicom.archives.%s.url is '%s'; it must be http or https with a host, and nothing behind its path"
                                .formatted(name, archive.base()));
            }
        });
    }

    /** @throws ArchiveFailed if there is none of this name */
    public Archive named(String name) {
        var archive = listed.get(name);
        if (archive == null) {
            throw new ArchiveFailed(
                    Kind.NOT_ALLOWED,
                    "There is no archive '%s' under auspex.dicom.archives; there are %s"
                            .formatted(name, listed.keySet()));
        }
        return archive(archive);
    }

    /** @throws ArchiveFailed if it is no archive behind DICOMweb, is not active, or its address is not listed */
    public Archive at(Endpoint endpoint) {
        var reference = "Endpoint/" + endpoint.getIdElement().getIdPart();
        if (!CONNECTION_TYPES.equals(endpoint.getConnectionType().getSystem())
                || !WADO_RS.equals(endpoint.getConnectionType().getCode())) {
            throw refused(reference, "is of another connectionType than " + WADO_RS);
        }
        if (endpoint.getStatus() != Endpoint.EndpointStatus.ACTIVE) {
            throw refused(reference, "is not active");
        }
        var address = parsed(reference, String.valueOf(endpoint.getAddress()));
        return listed.values().stream()
                .filter(archive -> isWithin(archive.base(), address))
                .findFirst()
                .map(archive -> archive(new ArchiveAddress(address, archive.authorization())))
                .orElseThrow(() -> refused(
                        reference,
                        "has an address that is not listed; to allow it, set auspex.dicom.archives.NAME.url"));
    }

    private Archive archive(ArchiveAddress address) {
        return new DicomwebArchive(address, client, toolkit, reading);
    }

    private static URI parsed(String reference, String text) {
        try {
            var address = URI.create(text);
            if (isPlain(address)) {
                return address;
            }
        } catch (IllegalArgumentException e) {
            throw new ArchiveFailed(Kind.NOT_ALLOWED, "%s has an address that is none".formatted(reference), e);
        }
        throw refused(reference, "has an address that is none of an archive");
    }

    /** No user, query or fragment, and nothing in the path that leads elsewhere than it says. */
    private static boolean isPlain(URI address) {
        return List.of("http", "https")
                        .contains(String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT))
                && address.getHost() != null
                && address.getRawUserInfo() == null
                && address.getRawQuery() == null
                && address.getRawFragment() == null
                && address.normalize().equals(address)
                && !address.getRawPath().contains("%")
                && !address.getRawPath().contains("..");
    }

    private static boolean isWithin(URI listed, URI address) {
        return listed.getScheme().equalsIgnoreCase(address.getScheme())
                && listed.getHost().equalsIgnoreCase(address.getHost())
                && port(listed) == port(address)
                && slashed(address.getRawPath()).startsWith(slashed(listed.getRawPath()));
    }

    private static int port(URI address) {
        if (address.getPort() >= 0) {
            return address.getPort();
        }
        return address.getScheme().equalsIgnoreCase("https") ? 443 : 80;
    }

    private static String slashed(String path) {
        return path.endsWith("/") ? path : path + "/";
    }

    private static ArchiveFailed refused(String reference, String why) {
        return new ArchiveFailed(Kind.NOT_ALLOWED, "%s %s".formatted(reference, why));
    }
}
