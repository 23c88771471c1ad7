package io.points.local.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The four balances that the demo's story moves: what each must be by now, and what it is. */
final class Balances {
    private final DemoUsers users;
    private long pool;
    private long budget;
    private long employeeA;
    private long employeeB;
    private long[] seen = new long[4];

    Balances(DemoUsers users) {
        this.users = users;
    }

    void startFrom(BalanceSheet sheet) {
        pool = sheet.balance();
        seen = read();
        budget = seen[1];
        employeeA = seen[2];
        employeeB = seen[3];
    }

    long pool() {
        return pool;
    }

    void movePool(long points) {
        pool += points;
    }

    void moveBudget(long points) {
        budget += points;
    }

    void moveEmployeeA(long points) {
        employeeA += points;
    }

    void moveEmployeeB(long points) {
        employeeB += points;
    }

    /** Reads them, and says what is not as it must be. */
    List<String> differences() {
        seen = read();
        List<String> found = new ArrayList<>();
        BalanceSheet.check(found, "pool", seen[0], pool);
        BalanceSheet.check(found, "HR lead's budget", seen[1], budget);
        BalanceSheet.check(found, "Employee A", seen[2], employeeA);
        BalanceSheet.check(found, "Employee B", seen[3], employeeB);
        return found;
    }

    String told() {
        return String.format(
                Locale.ROOT,
                "pool %,d | HR lead's budget %,d | Employee A %,d | Employee B %,d",
                seen[0],
                seen[1],
                seen[2],
                seen[3]);
    }

    private long[] read() {
        JsonNode tenant = users.allocation()
                .get("/api/platform/tenants/" + DemoTenant.TRITON.id())
                .expect(200);
        return new long[] {
            tenant.path("balance").asLong(-1),
            wallet(DemoTenant.LEAD, "budget"),
            wallet(DemoTenant.EMPLOYEE_A, "earned"),
            wallet(DemoTenant.EMPLOYEE_B, "earned")
        };
    }

    private long wallet(DemoTenant.Member member, String kind) {
        return users.distribution(DemoTenant.TRITON.manager())
                .get("/api/wallets/" + member.id())
                .expect(200)
                .path(kind)
                .path("balance")
                .asLong(-1);
    }
}
