package io.points.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The SQL that docs/operations.md tells an operator to run: planned, and not executed, by the database of the service under test. */
public final class RunBookStatements {

    private static final Path TEXT = Checkout.file("docs/operations.md");
    private static final Pattern STATEMENT = Pattern.compile("`((?:select|update|delete)\\s[^`]+)`");
    private static final Pattern TABLE = Pattern.compile("^(?:select.*? from|update|delete from) (\\w+)");

    private RunBookStatements() {}

    /** What PostgreSQL says against those that begin with one of its tables; that there are none, if so. */
    public static List<String> faults() throws SQLException {
        var faults = new ArrayList<String>();
        int planned = 0;
        try (var connection = DriverManager.getConnection(
                        PointsTestResource.surroundings().ownerJdbcUrl());
                var sql = connection.createStatement()) {
            for (var statement : all()) {
                var table = TABLE.matcher(statement);
                if (!table.find()) {
                    faults.add("names no table: " + statement);
                } else if (connection
                        .getMetaData()
                        .getTables(null, "public", table.group(1), null)
                        .next()) {
                    planned++;
                    try {
                        sql.execute("explain " + statement);
                    } catch (SQLException e) {
                        faults.add(statement + ": " + e.getMessage());
                    }
                }
            }
        }
        return planned == 0 ? List.of("no statement is for this database") : faults;
    }

    /** With an id in place of what the operator has to fill in. */
    private static List<String> all() {
        try {
            return STATEMENT
                    .matcher(Files.readString(TEXT))
                    .results()
                    .map(found -> found.group(1).replaceAll("\\s+", " "))
                    .map(statement -> statement
                            .replace("'…'", "'00000000-0000-4000-8000-000000000001'")
                            .replace("…", "1"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
