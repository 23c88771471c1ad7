package io.points.local;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** Makes each service's database with its two logins; a second time it changes nothing. */
public final class Databases {
    /** What ends a transaction that an app's login has left open. */
    public static final List<String> APP_SETTINGS =
            List.of("lock_timeout='3s'", "transaction_timeout='15s'", "idle_in_transaction_session_timeout='5s'");

    private Databases() {}

    /**
     * Makes what is missing and sets passwords and rights as they should be.
     *
     * @param superuserJdbcUrl a superuser's URL on any database of the server
     * @param passwords the passwords of the logins
     */
    public static void provision(String superuserJdbcUrl, Passwords passwords) {
        try (Connection connection = LocalPostgres.connect(superuserJdbcUrl)) {
            Sql sql = new Sql(connection);
            // PUBLIC may connect anywhere by default, through these two as well.
            sql.run("REVOKE CONNECT ON DATABASE postgres FROM PUBLIC");
            sql.run("REVOKE CONNECT ON DATABASE template1 FROM PUBLIC");
            for (Service service : Service.values()) {
                login(sql, service.ownerLogin(), passwords);
                login(sql, service.appLogin(), passwords);
                for (String setting : APP_SETTINGS) {
                    sql.run("ALTER ROLE " + service.appLogin() + " SET " + setting);
                }
                database(sql, service);
                schema(superuserJdbcUrl, service);
            }
        } catch (SQLException e) {
            throw new CannotStartException("The databases could not be made: " + e.getMessage(), e);
        }
    }

    private static void login(Sql sql, String login, Passwords passwords) throws SQLException {
        if (!sql.any("SELECT 1 FROM pg_roles WHERE rolname = '" + login + "'")) {
            sql.run("CREATE ROLE " + login);
        }
        // Hexadecimal digits need no quoting beyond the quotes.
        sql.run("ALTER ROLE " + login
                + " LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS PASSWORD '"
                + passwords.of(login) + "'");
    }

    private static void database(Sql sql, Service service) throws SQLException {
        String name = service.database();
        if (!sql.any("SELECT 1 FROM pg_database WHERE datname = '" + name + "'")) {
            sql.run("CREATE DATABASE " + name + " OWNER " + service.ownerLogin());
        }
        sql.run("REVOKE ALL ON DATABASE " + name + " FROM PUBLIC");
        sql.run("GRANT CONNECT ON DATABASE " + name + " TO " + service.appLogin());
    }

    private static void schema(String superuserJdbcUrl, Service service) throws SQLException {
        String url = superuserJdbcUrl.replaceFirst("(?<=:\\d{1,5}/)[^?]*", service.database());
        try (Connection connection = LocalPostgres.connect(url)) {
            Sql sql = new Sql(connection);
            sql.run("ALTER SCHEMA public OWNER TO " + service.ownerLogin());
            sql.run("REVOKE ALL ON SCHEMA public FROM PUBLIC");
            sql.run("GRANT USAGE ON SCHEMA public TO " + service.appLogin());
        }
    }

    private record Sql(Connection connection) {
        void run(String text) throws SQLException {
            try (Statement statement = connection.createStatement()) {
                statement.execute(text);
            }
        }

        boolean any(String query) throws SQLException {
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery(query)) {
                return rows.next();
            }
        }
    }
}
