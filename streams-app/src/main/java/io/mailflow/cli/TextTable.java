package io.mailflow.cli;

import java.util.ArrayList;
import java.util.List;

/**
 * A table for a terminal. The first column is a name at the left; a name that is wider than the column stands on a line
 * of its own. Columns are as wide as their widest cell.
 */
final class TextTable {

    private static final String GAP = "  ";

    private final List<Column> columns = new ArrayList<>();
    private final List<List<String>> rows = new ArrayList<>();
    private final int widestName;

    private record Column(String group, String heading, boolean right) {}

    /**
     * An empty table.
     *
     * @param heading of the names
     * @param widestName columns a name may take before it stands on its own line
     */
    TextTable(String heading, int widestName) {
        this.widestName = widestName;
        columns.add(new Column("", heading, false));
    }

    /** A column of texts. */
    TextTable left(String heading) {
        columns.add(new Column("", heading, false));
        return this;
    }

    /** A column of numbers. */
    TextTable right(String heading) {
        return right("", heading);
    }

    /** A column of numbers under a heading that it shares with its neighbours. */
    TextTable right(String group, String heading) {
        columns.add(new Column(group, heading, true));
        return this;
    }

    /** One cell for each column. */
    void row(String... cells) {
        rows.add(List.of(cells));
    }

    /** All lines, headings first. */
    List<String> lines() {
        List<Integer> widths = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            widths.add(width(i));
        }
        List<String> lines = new ArrayList<>();
        if (columns.stream().anyMatch(column -> !column.group().isEmpty())) {
            lines.add(groups(widths));
        }
        lines.add(line(columns.stream().map(Column::heading).toList(), widths));
        for (List<String> row : rows) {
            String name = row.get(0);
            if (DisplayWidth.of(name) <= widths.get(0)) {
                lines.add(line(row, widths));
            } else {
                List<String> unnamed = new ArrayList<>(row);
                unnamed.set(0, "");
                lines.add(name);
                lines.add(line(unnamed, widths));
            }
        }
        return lines;
    }

    private int width(int column) {
        int heading = DisplayWidth.of(columns.get(column).heading());
        return rows.stream()
                .mapToInt(row -> DisplayWidth.of(row.get(column)))
                .filter(width -> column > 0 || width <= widestName)
                .reduce(heading, Math::max);
    }

    private String line(List<String> cells, List<Integer> widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < cells.size(); i++) {
            line.append(i == 0 ? "" : GAP)
                    .append(
                            columns.get(i).right()
                                    ? DisplayWidth.aligned(cells.get(i), widths.get(i))
                                    : DisplayWidth.padded(cells.get(i), widths.get(i)));
        }
        return line.toString().stripTrailing();
    }

    /** The shared headings, each between dashes over its columns. */
    private String groups(List<Integer> widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < columns.size(); ) {
            String group = columns.get(i).group();
            int width = widths.get(i);
            int next = i + 1;
            while (next < columns.size() && columns.get(next).group().equals(group) && !group.isEmpty()) {
                width += GAP.length() + widths.get(next++);
            }
            line.append(i == 0 ? "" : GAP).append(group.isEmpty() ? " ".repeat(width) : dashed(group, width));
            i = next;
        }
        return line.toString().stripTrailing();
    }

    private static String dashed(String group, int width) {
        int dashes = Math.max(0, width - DisplayWidth.of(group) - 2);
        return "-".repeat(dashes / 2) + " " + group + " " + "-".repeat(dashes - dashes / 2);
    }
}
