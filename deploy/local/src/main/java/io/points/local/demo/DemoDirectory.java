package io.points.local.demo;

import java.io.PrintStream;
import java.util.List;
import java.util.Map;

/** Brings the demo's tenants and members into being, where they are not there yet. */
final class DemoDirectory {
    private final DemoUsers users;
    private final PrintStream out;

    DemoDirectory(DemoUsers users, PrintStream out) {
        this.users = users;
        this.out = out;
    }

    void prepare(List<DemoTenant> tenants) {
        tenants.forEach(this::register);
        tenants.forEach(this::enrol);
    }

    private void register(DemoTenant tenant) {
        if (users.allocation().get("/api/platform/tenants/" + tenant.id()).status() == 200) {
            out.println(tenant.name() + " is a tenant already");
            return;
        }
        users.allocation()
                .post(
                        "/api/platform/tenants",
                        Map.of(
                                "tenant_id",
                                tenant.id(),
                                "name",
                                tenant.name(),
                                "currency",
                                "INR",
                                "price_per_point",
                                "1.00"),
                        Map.of())
                .expect(201);
        out.println(tenant.name() + " is registered at 1.00 INR per point");
    }

    private void enrol(DemoTenant tenant) {
        Api manager = users.distribution(tenant.manager());
        // The event of a new tenant takes a moment from one service to the other.
        Poll.until(() -> manager.get("/api/allocations/pool"), answer -> answer.status() == 200)
                .expect(200);
        for (DemoTenant.Member member : tenant.members()) {
            manager.put(
                            "/api/members/" + member.id(),
                            Map.of("role", member.role(), "display_name", member.displayName()))
                    .expect(200);
        }
        out.println(tenant.manager() + " enrols "
                + String.join(
                        ", ",
                        tenant.members().stream().map(DemoTenant.Member::user).toList()));
    }
}
