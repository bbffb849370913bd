package dev.hutong.registry;

import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.regex.Pattern;

/**
 * A PostgreSQL database that holds, or is to hold, a registry log. Hubs that are given the same one share the log.
 *
 * @param url pgjdbc's form, {@code jdbc:postgresql://host:port/database}, with its parameters ({@code sslmode=verify-full},
 *     {@code currentSchema=…}) where wanted; without a password, since messages and logs show it
 * @param user who logs in; needs the right to create tables in the schema
 * @param password never shown; empty where the server asks for none
 */
public record PostgresStore(String url, String user, String password) {
    /** A password among the parameters, or a login before the host, which pgjdbc does not know but would log. */
    private static final Pattern SECRET = Pattern.compile("[?&](?:ssl)?password=|^[^?]*@", Pattern.CASE_INSENSITIVE);

    /** @throws IllegalArgumentException if the URL is not pgjdbc's, or has a password in it; its message does not repeat the URL */
    public PostgresStore {
        if (SECRET.matcher(url).find()) {
            throw new IllegalArgumentException(
                    "The URL of the database must hold no login and no password: give them apart");
        }
        if (!isUnderstood(url)) {
            throw new IllegalArgumentException(
                    "The URL of the database is not of the form jdbc:postgresql://host:port/database");
        }
    }

    /** The same database, with the password of the user. */
    public PostgresStore withPassword(String secret) {
        return new PostgresStore(url, user, secret);
    }

    private static boolean isUnderstood(String url) {
        try {
            return url.startsWith("jdbc:postgresql:") && DriverManager.getDriver(url) != null;
        } catch (SQLException noDriverTakesIt) {
            return false;
        }
    }

    @Override
    public String toString() {
        return url;
    }
}
