package io.points.billing;

import static io.points.http.Role.FINANCE;
import static io.points.testing.Route.get;

import io.points.testing.Api;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What billing-service promises of its routes: who may call them. */
final class Routes {

    private Routes() {}

    static Api api() {
        return new Api(
                UUID.randomUUID(), Map.of(), List.of(get("/api/billing/entries").by(FINANCE)));
    }
}
