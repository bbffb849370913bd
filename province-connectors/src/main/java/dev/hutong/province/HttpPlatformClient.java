package dev.hutong.province;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** Asks platforms over HTTP/1.1. Redirects are not followed: a platform's address comes from the registry and from nowhere else. */
public final class HttpPlatformClient implements PlatformClient {
    /** Without a handler Vert.x logs every reset as an error of the hub's own, on the connection and again on the request. */
    private static final Handler<Throwable> TOLD_BY_THE_REPLY = failure -> {};

    private final HttpClient client;

    public HttpPlatformClient(Vertx vertx) {
        this.client = vertx.httpClientBuilder()
                .with(new HttpClientOptions()
                        .setConnectTimeout(10_000)
                        .setKeepAliveTimeout(30)
                        .setDecompressionSupported(false))
                .with(new PoolOptions().setHttp1MaxSize(64).setMaxWaitQueueSize(1_000))
                .withConnectHandler(connection -> connection.exceptionHandler(TOLD_BY_THE_REPLY))
                .build();
    }

    @Override
    public Future<PlatformReply> post(URI url, Buffer json, Duration within) {
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setAbsoluteURI(url.toString())
                .setFollowRedirects(false)
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .putHeader(HttpHeaders.ACCEPT, "application/jose");
        long millis = Math.max(1, within.toMillis());
        Promise<HttpClientRequest> sent = Promise.promise();
        return client.request(options)
                .onSuccess(request -> sent.tryComplete(request.exceptionHandler(TOLD_BY_THE_REPLY)))
                .compose(request -> request.send(json).compose(HttpPlatformClient::whole))
                .timeout(millis, TimeUnit.MILLISECONDS)
                .onFailure(failure -> sent.future().onSuccess(HttpClientRequest::reset))
                .otherwise(failure -> new PlatformReply.Missing(describe(failure)));
    }

    /** Reads the body, and gives up as soon as it is longer than an answer may be. */
    private static Future<PlatformReply> whole(HttpClientResponse response) {
        Promise<PlatformReply> promise = Promise.promise();
        Buffer body = Buffer.buffer();
        response.exceptionHandler(promise::tryFail);
        response.handler(chunk -> {
            if (body.length() + chunk.length() > LONGEST_ANSWER) {
                promise.tryFail(new IllegalStateException("more than " + LONGEST_ANSWER + " bytes"));
            } else {
                body.appendBuffer(chunk);
            }
        });
        response.endHandler(end ->
                promise.tryComplete(new PlatformReply.Answered(response.statusCode(), mediaType(response), body)));
        return promise.future();
    }

    private static String mediaType(HttpClientResponse response) {
        String header = response.getHeader(HttpHeaders.CONTENT_TYPE);
        return header == null ? "" : header.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    }

    private static String describe(Throwable failure) {
        String message = failure.getMessage();
        return failure.getClass().getSimpleName() + (message == null ? "" : ": " + message);
    }
}
