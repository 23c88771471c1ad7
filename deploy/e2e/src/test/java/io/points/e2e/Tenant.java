package io.points.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.points.local.Service;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** A demo tenant with some employees of its own, so that many wallets are in play. */
record Tenant(String id, String manager, List<String> employees) {

    static final String TRITON = "550e8400-e29b-41d4-a716-446655440000";
    static final String BOREALIS = "660e8400-e29b-41d4-a716-446655440000";

    /** Registers the tenant if need be, enrols new employees and fills the pool. */
    static Tenant ready(Client client, String id, String manager, int employees, long points)
            throws IOException, InterruptedException {
        if (client.get(Service.ALLOCATION, "admin", "/api/platform/tenants/" + id)
                        .status()
                == 404) {
            var registered = client.post(
                    Service.ALLOCATION,
                    "admin",
                    "/api/platform/tenants",
                    UUID.randomUUID().toString(),
                    Map.of("tenant_id", id, "name", manager, "currency", "INR", "price_per_point", "1.00"));
            assertEquals(201, registered.status(), registered::toString);
        }
        var tenant = new Tenant(
                id,
                manager,
                Stream.generate(() -> UUID.randomUUID().toString())
                        .limit(employees)
                        .toList());
        for (var employee : tenant.employees()) {
            // Services that have just started are slow at first, and may say 503.
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertEquals(
                            200,
                            client.put(
                                            Service.DISTRIBUTION,
                                            manager,
                                            "/api/members/" + employee,
                                            Map.of("role", "employee"))
                                    .status()));
        }
        var allocated = client.post(
                Service.ALLOCATION,
                "admin",
                "/api/platform/allocations/allocate",
                UUID.randomUUID().toString(),
                Map.of("tenant_id", id, "amount", points, "currency", "INR", "reference_note", "Whole-system test"));
        assertEquals(201, allocated.status(), allocated::toString);
        return tenant;
    }
}
