package io.mailflow.cli;

import io.mailflow.readmodel.CapacityRow;
import io.mailflow.readmodel.FailureRate;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * A failure rate as a row of {@code export}: the columns of {@code /api/v1/capacity}, under the same names and in the
 * same order. A row of a code repeats nothing of the whole connector, so that every column can be added up over the rows
 * of connectors or over those of codes.
 */
final class RateRow {

    /** A share in millionths tells one failure among a million attempts. */
    private static final int DECIMALS = 6;

    private RateRow() {}

    static CapacityRow of(FailureRate rate) {
        boolean whole = rate.code() == null;
        Double share = rate.share();
        return new CapacityRow(
                rate.tenant(),
                rate.connector(),
                rate.start(),
                rate.code(),
                whole ? rate.attempts() - rate.failed() : 0,
                rate.failed(),
                whole && share != null ? (Double) rounded(share).doubleValue() : null,
                rate.messages(),
                rate.recipients(),
                rate.isFinal());
    }

    /** The share in plain digits, as every spreadsheet reads them. */
    static String digits(double share) {
        return BigDecimal.valueOf(share).toPlainString();
    }

    private static BigDecimal rounded(double share) {
        return BigDecimal.valueOf(share).setScale(DECIMALS, RoundingMode.HALF_UP);
    }
}
