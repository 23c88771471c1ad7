package io.points.platform.web.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RouteTableTest {

    private final RouteTable routes = RouteTable.of(List.of(Wallets.class, NoResource.class));

    @Path("/api/wallets")
    static class Wallets {
        @GET
        public void all() {}

        @POST
        public void add() {}

        @POST
        @Consumes("text/csv")
        public void addMany() {}

        @GET
        @Path("me")
        public void mine() {}

        @PUT
        @Path("/{user_id}/")
        public void change() {}

        public void noRoute() {}
    }

    static class NoResource {
        @GET
        public void get() {}
    }

    @Test
    void aPathAllowsWhatItsRoutesDo() {
        assertEquals(Set.of("GET", "HEAD", "OPTIONS", "POST"), routes.allowed("/api/wallets"));
        assertEquals(Set.of("OPTIONS", "PUT"), routes.allowed("/api/wallets/x"));
        // The router looks at the most literal path alone.
        assertEquals(Set.of("GET", "HEAD", "OPTIONS"), routes.allowed("/api/wallets/me"));
        assertEquals(Set.of(), routes.allowed("/api"));
        assertEquals(Set.of(), routes.allowed("/api/wallets/me/x"));
        assertEquals(Set.of(), routes.allowed("/"));
    }

    @Test
    void aRouteTakesWhatItsMethodsDo() {
        assertEquals(Set.of("application/json", "text/csv"), routes.takes("POST", "/api/wallets"));
        assertEquals(Set.of("application/json"), routes.takes("PUT", "/api/wallets/x"));
        assertEquals(Set.of("application/json"), routes.takes("POST", "/api/nowhere"));
    }

    @Test
    void aPathIsNamedByTheMostLiteralOfItsRoutes() {
        assertEquals(Optional.of("/api/wallets/me"), routes.template("/api/wallets/me"));
        assertEquals(Optional.of("/api/wallets/{user_id}"), routes.template("/api/wallets/x"));
        assertEquals(Optional.empty(), routes.template("/api/x"));
        assertTrue(routes.isTemplate("/api/wallets/{user_id}"));
        assertFalse(routes.isTemplate("/api/wallets/x"));
    }
}
