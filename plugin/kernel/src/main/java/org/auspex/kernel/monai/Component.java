package org.auspex.kernel.monai;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.auspex.kernel.monai.Configuration.Entry;

/** Something that a bundle would make, with its arguments: {@code {"_target_": "Spacingd", "keys": "image", ...}}. */
final class Component extends Arguments {

    private static final Pattern OF_MONAI =
            Pattern.compile("^monai\\.(?:transforms|inferers|engines)\\.(?:[a-z_]+\\.)*");
    /** Transforms of arrays whose names end like those of dictionaries. */
    private static final Set<String> END_IN_D =
            Set.of("SpatialPad", "DivisiblePad", "BorderPad", "Pad", "CropForeground");

    /**
     * @param entry resolved
     * @throws NotRead if it is no component
     */
    Component(Configuration configuration, Entry entry) {
        super(configuration, entry);
        if (!(entry.value() instanceof ObjectNode)
                || target.isEmpty()
                || target.startsWith("$")
                || target.startsWith("@")) {
            throw configuration.notRead(entry, "there is no plain _target_", "name the class");
        }
    }

    /** The components of a Compose or a list; those that are disabled are left out. */
    static List<Component> of(Configuration configuration, Entry list) {
        var here = list;
        if (here.value().isObject()) {
            var compose = new Component(configuration, here);
            if (!compose.name().equals("Compose")) {
                throw compose.unknown("transform");
            }
            here = configuration.resolve(compose.argument("transforms"));
            compose.ignore("map_items", "unpack_items", "log_stats");
            compose.requireAllRead();
        }
        if (!here.value().isArray()) {
            throw configuration.notRead(here, "this is no list of transforms", "write them as a list");
        }
        var components = new ArrayList<Component>();
        for (int i = 0; i < here.value().size(); i++) {
            var component = new Component(configuration, configuration.resolve(here.child(Integer.toString(i))));
            if (!component.flag("_disabled_", false)) {
                components.add(component);
            }
        }
        return components;
    }

    /** The class without MONAI's package, and without the ending of dictionary transforms. */
    String name() {
        var own = OF_MONAI.matcher(target).replaceFirst("");
        return isDictionary() ? own.replaceFirst("(d|D|Dict)$", "") : own;
    }

    private boolean isDictionary() {
        var own = OF_MONAI.matcher(target).replaceFirst("");
        return own.matches(".*[a-z](d|D|Dict)") && !END_IN_D.contains(own);
    }

    /** Whether it works on a key; its arguments are then those for it. */
    boolean worksOn(String wanted) {
        if (!isDictionary()) {
            return true;
        }
        var keys = words("keys");
        choose(Math.max(keys.indexOf(wanted), 0));
        return keys.contains(wanted);
    }

    /** It works on other keys than the one that is here. */
    NotRead onOthers(String wanted) {
        return configuration.notRead(
                entry,
                "%s works on %s, and there is only '%s' here".formatted(target, words("keys"), wanted),
                "leave it out, or write a model.yaml");
    }

    /** It is not on the list. */
    NotRead unknown(String kind) {
        return configuration.notRead(
                entry,
                "the %s '%s' is not known".formatted(kind, target),
                "leave it out, or write a model.yaml with steps that are");
    }

    /** What its values cannot be. */
    NotRead refused(IllegalArgumentException why) {
        return configuration.notRead(entry, "%s: %s".formatted(target, why.getMessage()), "correct it");
    }
}
