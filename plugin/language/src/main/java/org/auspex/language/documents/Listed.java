package org.auspex.language.documents;

import java.net.URI;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.auspex.language.documents.DocumentRefused.Reason;

/**
 * Attachments at addresses that an operator listed. Anybody who may write a document could otherwise have the server call any address, with
 * what authorises it.
 */
public final class Listed implements AttachmentBytes {

    private static final Pattern BINARY = Pattern.compile("Binary/[A-Za-z0-9.-]{1,64}");

    private final List<Address> listed;
    private final Fetching fetching;

    /**
     * An address that may be asked, and all beneath it.
     *
     * @param authorization what the header Authorization says there
     */
    public record Address(URI base, Optional<String> authorization) {

        /** @throws IllegalArgumentException if it is no address of a host */
        public Address {
            if (!isPlain(base) || base.getRawQuery() != null) {
                throw new IllegalArgumentException(
                        "'%s' must be http or https with a host, and nothing behind its path".formatted(base));
            }
        }

        boolean covers(URI address) {
            return base.getScheme().equalsIgnoreCase(address.getScheme())
                    && base.getHost().equalsIgnoreCase(address.getHost())
                    && port(base) == port(address)
                    && slashed(address.getRawPath()).startsWith(slashed(base.getRawPath()));
        }
    }

    public Listed(Collection<Address> listed, Fetching fetching) {
        this.listed = List.copyOf(listed);
        this.fetching = fetching;
    }

    /** {@code Binary/1} if a url means one of the own server; empty otherwise. */
    public static Optional<String> binary(String url) {
        return BINARY.matcher(url).matches() ? Optional.of(url) : Optional.empty();
    }

    @Override
    public byte[] at(String url, int most) {
        if (binary(url).isPresent()) {
            throw new DocumentRefused(
                    Reason.OUT_OF_REACH, "The attachment is %s, which is not on this server. Store it".formatted(url));
        }
        var address = parsed(url);
        return listed.stream()
                .filter(allowed -> allowed.covers(address))
                .findFirst()
                .map(allowed -> fetching.bytes(address, allowed.authorization(), most))
                .orElseThrow(() -> new DocumentRefused(
                        Reason.OUT_OF_REACH,
                        "The attachment is at '%s', which is not listed. Send it inline, or list it as auspex.documents.sources.NAME.url"
                                .formatted(url)));
    }

    private static URI parsed(String url) {
        try {
            var address = URI.create(url);
            if (isPlain(address)) {
                return address;
            }
        } catch (IllegalArgumentException e) {
            throw new DocumentRefused(Reason.OUT_OF_REACH, none(url), e);
        }
        throw new DocumentRefused(Reason.OUT_OF_REACH, none(url));
    }

    private static String none(String url) {
        return "The attachment's url '%s' is neither Binary/ID nor an http or https address. Send the note inline"
                .formatted(url);
    }

    /** No user or fragment, and nothing in the path that leads elsewhere than it says. */
    private static boolean isPlain(URI address) {
        return List.of("http", "https")
                        .contains(String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT))
                && address.getHost() != null
                && address.getRawUserInfo() == null
                && address.getRawFragment() == null
                && address.normalize().equals(address)
                && !address.getRawPath().contains("%")
                && !address.getRawPath().contains("..");
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
}
