package io.mailflow.readmodel;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Conditions that all have to hold, with the values to bind. The texts are constants of the program. */
final class Where {

    private final List<String> conditions = new ArrayList<>();
    private final List<@Nullable Object> values = new ArrayList<>();

    Where and(String condition, @Nullable Object... bound) {
        conditions.add("(" + condition + ")");
        Collections.addAll(values, bound);
        return this;
    }

    /** Holds where somebody asked for something. */
    Where andIf(@Nullable Object asked, String condition) {
        return asked == null ? this : and(condition, asked);
    }

    /** Holds for any of the values, and always where there are none. */
    Where andAnyOf(String column, Collection<String> any) {
        if (any.isEmpty()) {
            return this;
        }
        return and(column + " IN (" + String.join(", ", Collections.nCopies(any.size(), "?")) + ")", any.toArray());
    }

    String sql() {
        return conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions);
    }

    /** What is bound, and more behind it. */
    @Nullable
    Object[] values(@Nullable Object... more) {
        List<@Nullable Object> all = new ArrayList<>(values);
        Collections.addAll(all, more);
        return all.toArray();
    }
}
