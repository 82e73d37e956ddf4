package org.auspex.kernel.images;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.TreeSet;

/**
 * Keeps the largest connected pieces of each class and clears the rest, as MONAI's {@code KeepLargestConnectedComponent}. Of
 * pieces of one size the one that begins later stays, as there.
 *
 * @param classes which; empty = all but 0
 * @param independent whether each class is looked at for itself, instead of all together
 * @param connectivity how many axes two neighbours may differ on; 0 = all, so that voxels touch at corners
 * @param pieces how many stay
 */
public record LargestComponent(List<Integer> classes, boolean independent, int connectivity, int pieces)
        implements Step {

    public LargestComponent {
        classes = List.copyOf(classes);
    }

    @Override
    public Volume apply(Volume image, Trail trail) {
        var result = image.blank(image.channels());
        System.arraycopy(image.values(), 0, result.values(), 0, result.values().length);
        var wanted = classes.isEmpty() ? classes(image) : classes;
        for (var group : independent ? wanted.stream().map(List::of).toList() : List.of(wanted)) {
            var cleared = mask(image, group);
            kept(cleared, image.grid()).forEach(cleared::andNot);
            for (var label : group) {
                clear(result, label, cleared);
            }
        }
        return result;
    }

    /** One channel holds class numbers; of several, each is a class. */
    private static List<Integer> classes(Volume image) {
        var found = new TreeSet<Integer>();
        for (int i = 0; i < image.values().length; i++) {
            if (image.channels() == 1) {
                found.add((int) image.values()[i]);
            } else if (image.values()[i] > 0) {
                found.add(i / image.voxels());
            }
        }
        found.remove(0);
        return List.copyOf(found);
    }

    private static BitSet mask(Volume image, List<Integer> labels) {
        var mask = new BitSet(image.voxels());
        for (var label : labels) {
            for (int i = 0; i < image.voxels(); i++) {
                if (isOf(image, label, i)) {
                    mask.set(i);
                }
            }
        }
        return mask;
    }

    private static boolean isOf(Volume image, int label, int voxel) {
        if (image.channels() == 1) {
            return image.values()[voxel] == label;
        }
        if (label >= image.channels()) {
            throw new ImageRefused("there is no class %d among %d channels".formatted(label, image.channels()));
        }
        return image.values()[label * image.voxels() + voxel] > 0;
    }

    private static void clear(Volume result, int label, BitSet voxels) {
        for (int i = voxels.nextSetBit(0); i >= 0; i = voxels.nextSetBit(i + 1)) {
            if (isOf(result, label, i)) {
                result.values()[(result.channels() == 1 ? 0 : label * result.voxels()) + i] = 0;
            }
        }
    }

    private List<BitSet> kept(BitSet mask, Grid grid) {
        var found = new ArrayList<BitSet>();
        var left = (BitSet) mask.clone();
        for (int i = left.nextSetBit(0); i >= 0; i = left.nextSetBit(i)) {
            var piece = piece(i, left, grid);
            left.andNot(piece);
            found.add(0, piece);
            found.sort((a, b) -> b.cardinality() - a.cardinality());
            if (found.size() > pieces) {
                found.remove(pieces);
            }
        }
        return found;
    }

    /** Everything that touches a voxel, directly or by others. */
    private BitSet piece(int first, BitSet mask, Grid grid) {
        var piece = new BitSet();
        var edge = new ArrayList<Integer>(List.of(first));
        piece.set(first);
        var offsets = offsets(grid.rank());
        while (!edge.isEmpty()) {
            var voxel = edge.remove(edge.size() - 1);
            for (var offset : offsets) {
                var neighbour = neighbour(voxel, offset, grid);
                if (neighbour >= 0 && mask.get(neighbour) && !piece.get(neighbour)) {
                    piece.set(neighbour);
                    edge.add(neighbour);
                }
            }
        }
        return piece;
    }

    private List<int[]> offsets(int rank) {
        var offsets = new ArrayList<int[]>(List.of(new int[0]));
        for (int axis = 0; axis < rank; axis++) {
            var longer = new ArrayList<int[]>();
            for (var offset : offsets) {
                for (int step = -1; step <= 1; step++) {
                    var next = java.util.Arrays.copyOf(offset, axis + 1);
                    next[axis] = step;
                    longer.add(next);
                }
            }
            offsets.clear();
            offsets.addAll(longer);
        }
        var most = connectivity == 0 ? rank : connectivity;
        offsets.removeIf(offset -> {
            var moved =
                    java.util.Arrays.stream(offset).filter(step -> step != 0).count();
            return moved == 0 || moved > most;
        });
        return offsets;
    }

    private static int neighbour(int voxel, int[] offset, Grid grid) {
        int rest = voxel;
        int at = 0;
        for (int axis = 0; axis < offset.length; axis++) {
            var index = rest / grid.stride(axis) + offset[axis];
            rest %= grid.stride(axis);
            if (index < 0 || index >= grid.size(axis)) {
                return -1;
            }
            at += index * grid.stride(axis);
        }
        return at;
    }
}
