package org.auspex.server;

import org.jspecify.annotations.Nullable;

/** The settings would have let other machines reach patient data that nothing protects yet. */
final class ReachableFromOutside extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    private final String setting;

    ReachableFromOutside(String setting, @Nullable String address) {
        super(
                "%s is %s, which is not a loopback address. The server has no access control yet, so it binds to loopback only."
                        .formatted(
                                setting,
                                address == null || address.isBlank()
                                        ? "not set (every interface)"
                                        : "'" + address + "'"));
        this.setting = setting;
    }

    String remedy() {
        return "Set %s to 127.0.0.1, ::1 or localhost. To serve other machines, put a proxy that authenticates in front."
                .formatted(setting);
    }
}
