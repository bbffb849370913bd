package dev.hutong.hub.telemetry;

import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Route;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Which operation a request asks for, whoever refuses it: {@code POST /v1/resolve}, {@code GET /v1/issuers/{id}}, with the path's variables
 * named and never filled in. Learned from the routes, so that there are as many operations as the hub has and no client can add one.
 *
 * @param <T> what is kept for each
 */
final class OperationTable<T> {
    private static final Pattern VARIABLE = Pattern.compile(":([A-Za-z0-9_]+)");

    private final Function<String, T> make;
    private final T none;
    private final Map<String, Map<HttpMethod, T>> pathToOperations = new ConcurrentHashMap<>();
    private final List<Template<T>> templates = new CopyOnWriteArrayList<>();

    private record Template<T>(String path, Pattern pattern, Map<HttpMethod, T> operations) {}

    /**
     * @param make what is kept for the operation of this name
     * @param none what stands for requests of none
     */
    OperationTable(Function<String, T> make, T none) {
        this.make = make;
        this.none = none;
    }

    /** Takes these routes up; those that are known already stay as they are. */
    synchronized void learn(List<Route> routes) {
        for (Route route : routes) {
            if (route.getPath() != null && route.methods() != null) {
                String path = route.isExactPath() ? route.getPath() : route.getPath() + "*";
                Map<HttpMethod, T> operations = at(path);
                route.methods()
                        .forEach(method ->
                                operations.computeIfAbsent(method, one -> make.apply(one + " " + described(path))));
            }
        }
    }

    private Map<HttpMethod, T> at(String path) {
        if (path.indexOf(':') < 0 && path.indexOf('*') < 0) {
            return pathToOperations.computeIfAbsent(path, one -> new ConcurrentHashMap<>());
        }
        return templates.stream()
                .filter(template -> template.path().equals(path))
                .findFirst()
                .orElseGet(() -> {
                    Template<T> template = new Template<>(path, pattern(path), new ConcurrentHashMap<>());
                    templates.add(template);
                    return template;
                })
                .operations();
    }

    /**
     * What is kept for the operation that this request asks for.
     *
     * @param path normalized; a slash at its end is nothing to the routes
     */
    T of(HttpMethod method, String path) {
        return path.endsWith("/") ? find(method, path.substring(0, path.length() - 1)) : find(method, path);
    }

    private T find(HttpMethod method, String path) {
        Map<HttpMethod, T> exact = pathToOperations.get(path);
        if (exact != null) {
            return exact.getOrDefault(method, none);
        }
        for (Template<T> template : templates) {
            if (template.pattern().matcher(path).matches()) {
                return template.operations().getOrDefault(method, none);
            }
        }
        return none;
    }

    private static String described(String path) {
        return VARIABLE.matcher(path).replaceAll("{$1}");
    }

    private static Pattern pattern(String path) {
        StringBuilder regex = new StringBuilder();
        for (String part : path.split("(?=[:*])|(?<=\\*)|(?=/)")) {
            if (part.startsWith(":")) {
                regex.append("[^/]+");
            } else if (part.equals("*")) {
                regex.append(".*");
            } else {
                regex.append(Pattern.quote(part));
            }
        }
        return Pattern.compile(regex.toString());
    }
}
