package io.points.distribution.member;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.points.distribution.DistributionServiceTest;
import io.points.distribution.Given;
import io.points.distribution.member.MemberSearch.Among;
import io.points.distribution.member.MemberSearch.Text;
import io.points.testing.Attesting;
import io.points.testing.Tables;
import io.restassured.response.ValidatableResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The members of a tenant, as its managers look for them. */
@DistributionServiceTest
class MemberSearchTest {

    private static final List<String> NAMES = List.of(
            "\"Quoted\"",
            "%",
            "_under",
            "Zoë",
            "asha rao",
            "Asha Rao-Smith",
            "ÅSA",
            "\ud83d\udca5 boom",
            "\u05d3\u05d5\u05d3");

    @Test
    void aNameIsFoundByWhatItBeginsWithWhateverItIsMadeOf() {
        try (var given = Given.tenant()) {
            var ids = new HashMap<String, UUID>();
            NAMES.forEach(name -> ids.put(name, given.named(name, "employee", true, null)));
            for (var name : NAMES) {
                found(given, Map.of("q", name))
                        .body("items[0].user_id", equalTo(ids.get(name).toString()));
            }
            found(given, Map.of("q", "ASHA")).body("items.display_name", contains("asha rao", "Asha Rao-Smith"));
            found(given, Map.of("q", "åsa")).body("items.display_name", contains("ÅSA"));
            found(given, Map.of("q", "zoË")).body("items.display_name", contains("Zoë"));
            found(given, Map.of("q", "rao")).body("items", empty());
            found(given, Map.of("q", "%sha")).body("items", empty());
            found(given, Map.of("q", "___")).body("items", empty());
            found(given, Map.of("q", "' or true --")).body("items", empty());
        }
    }

    @Test
    void anAddressIsFoundTooAndNobodyTwice() {
        try (var given = Given.tenant()) {
            var both = given.named("Ada", "employee", true, "ADA@example.com");
            var byAddress = given.named(null, "lead", true, "ada.l@example.com");
            found(given, Map.of("q", "ada")).body("items.user_id", contains(both.toString(), byAddress.toString()));
            found(given, Map.of("q", "ada", "role", "lead")).body("items.user_id", contains(byAddress.toString()));
            found(given, Map.of("q", "ada", "active", "false")).body("items", empty());
            found(given, Map.of("q", "ada@e", "sort", "name")).body("items.user_id", contains(both.toString()));
        }
    }

    @Test
    void eachOrderShowsEverybodyOnceAndThoseWithoutANameLast() {
        try (var given = Given.tenant()) {
            NAMES.forEach(name -> given.named(name, "employee", true, "same@example.com"));
            given.named("asha rao", "lead", false, "same@example.com");
            var byId = pages(given, "sort=id");
            assertEquals(byId.stream().sorted().toList(), byId);
            var byName = pages(given, "sort=name");
            assertEquals(byId, byName.stream().sorted().toList());
            assertEquals(
                    List.of(given.employee, given.lead, given.manager).stream()
                            .map(UUID::toString)
                            .sorted()
                            .toList(),
                    byName.subList(byName.size() - 3, byName.size()).stream()
                            .sorted()
                            .toList());
            assertEquals(NAMES.size() + 1, pages(given, "q=SAME").size());
            assertEquals(byId.size() - 1, pages(given, "active=true").size());
            assertEquals(2, pages(given, "role=lead").size());
            assertEquals(1, pages(given, "role=lead&active=false&sort=name").size());
        }
    }

    @Test
    void anotherTenantsMembersAreNotThere() {
        try (var given = Given.tenant();
                var other = Given.tenant()) {
            other.named("Ada", "employee", true, "ada@example.com");
            found(given, Map.of("q", "ada")).body("items", empty());
        }
    }

    @Test
    void balancesAreThereIfTheyAreAskedFor() {
        try (var given = Given.tenant()) {
            given.budget(7);
            found(given, Map.of("role", "lead", "expand", "balances"))
                    .body("items.balances.budget", contains(7))
                    .body("items.balances.earned", contains(0));
            found(given, Map.of("role", "employee", "expand", "balances")).body("items.balances.budget", contains(0));
            found(given, Map.of("role", "lead")).body("items[0].balances", nullValue());
        }
    }

    @Test
    void aSearchHasItsOwnOrderAndCursors() {
        try (var given = Given.tenant()) {
            refused(given, "q=a&sort=id", "sort");
            var byId = found(given, Map.of("limit", "1")).extract().<String>path("next_cursor");
            refused(given, "sort=name&cursor=" + byId, "cursor");
            var byName =
                    found(given, Map.of("limit", "1", "sort", "name")).extract().<String>path("next_cursor");
            refused(given, "cursor=" + byName, "cursor");
        }
    }

    /** However many members a tenant has, and however few of them are what is asked for. */
    @Test
    void eachStatementReadsFromAnIndexInItsOrder() {
        var tenant = UUID.randomUUID();
        Tables.asOwner(connection -> {
            try (var sql = connection.createStatement()) {
                sql.execute("""
                        insert into members (tenant_id, user_id, role, active, display_name, email, revision, enrolled_at, updated_at)
                        select '%s', gen_random_uuid(), case when i %% 1000 = 0 then 'lead' else 'employee' end, i %% 100 <> 0,
                               'Name ' || i, 'address' || i || '@example.com', 1, now(), now()
                        from generate_series(1, 20000) as i""".formatted(tenant));
                return sql.execute("analyze members");
            }
        });
        var among = new Among(tenant, List.of(MemberRole.values()), List.of(true, false));
        var after = new NameCursor(UUID.randomUUID(), "name 12");
        assertOrdered(MemberSearch.byId(among, UUID.randomUUID(), 51), "members_by_role");
        assertOrdered(MemberSearch.byName(among, new Text(null, true), after, null, 51), "members_by_name");
        assertOrdered(MemberSearch.byName(among, new Text("name 1", false), after, null, 51), "members_by_name");
        var both = plan(MemberSearch.byName(among, new Text("address123", true), null, MemberRole.LEAD, 21));
        assertTrue(both.contains("Index Scan using members_by_name "), both);
        assertTrue(both.contains("Index Scan using members_by_email "), both);
        var addresses = plan(MemberSearch.ofAddresses(tenant, List.of("address7@example.com")));
        assertTrue(addresses.contains("Index Scan using members_by_email "), addresses);
        var ids = plan(MemberSearch.ofIds(tenant, List.of(UUID.randomUUID())));
        assertTrue(ids.contains("Index Scan using members_pkey "), ids);
        Attesting.asSuperuser("distribution", "delete from members where tenant_id = '" + tenant + "'");
    }

    /** The only sort is that of the few that each role contributes. */
    private static void assertOrdered(MemberSearch search, String index) {
        var plan = plan(search);
        assertTrue(plan.contains("Index Scan using " + index + " "), plan);
        assertFalse(plan.contains("Filter:"), plan);
        assertEquals(1, plan.split("Sort Key:", -1).length - 1, plan);
    }

    private static String plan(MemberSearch search) {
        var sql = search.sql();
        for (int i = search.values().size(); i > 0; i--) {
            sql = sql.replace("$" + i, literal(search.values().get(i - 1)));
        }
        return Attesting.plan(sql);
    }

    private static String literal(Object value) {
        var text = value instanceof Object[] array
                ? String.join(",", Stream.of(array).map(String::valueOf).toList())
                : value.toString();
        return value instanceof Object[] ? "'{" + text + "}'" : "'" + text + "'";
    }

    private static List<String> pages(Given given, String query) {
        var all = new ArrayList<String>();
        String cursor = null;
        do {
            var page = given.asManager()
                    .get("/api/members?limit=2&" + query + (cursor == null ? "" : "&cursor=" + cursor))
                    .then()
                    .statusCode(200)
                    .extract();
            all.addAll(page.<List<String>>path("items.user_id"));
            cursor = page.path("next_cursor");
        } while (cursor != null);
        return all;
    }

    private static ValidatableResponse found(Given given, Map<String, String> query) {
        return given.asManager().queryParams(query).get("/api/members").then().statusCode(200);
    }

    private static void refused(Given given, String query, String field) {
        given.asManager().get("/api/members?" + query).then().statusCode(400).body("errors.field", contains(field));
    }
}
