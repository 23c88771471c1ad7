package io.points.distribution.member;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.points.distribution.member.MemberRules.Entry;
import io.points.distribution.member.MemberRules.Wish;
import io.points.platform.web.problem.Problem.FieldError;
import io.points.platform.web.problem.ProblemException;
import io.points.testing.ArchitectureRules;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

class MemberRulesTest {

    private static final Entry ADA = new Entry(MemberRole.LEAD, false, "Ada", "ada@example.com", null);
    private static final UUID USER = UUID.randomUUID();

    @Test
    void whatIsNotSaidStaysAsItIs() {
        assertEquals(
                new Entry(MemberRole.EMPLOYEE, false, "Ada", "ada@example.com", null),
                MemberRules.after(ADA, Wish.of(MemberRole.EMPLOYEE)));
    }

    @Test
    void whatIsSaidHoldsAndNullTakesATextAway() {
        var wish = new Wish(MemberRole.LEAD, true, TextUpdate.to(null), TextUpdate.to("a@example.com"));
        assertEquals(new Entry(MemberRole.LEAD, true, null, "a@example.com", null), MemberRules.after(ADA, wish));
        var deactivated = new Wish(MemberRole.LEAD, false, TextUpdate.UNCHANGED, TextUpdate.to(null));
        assertEquals(new Entry(MemberRole.LEAD, false, "Ada", null, null), MemberRules.after(ADA, deactivated));
    }

    @Test
    void somebodyNewIsActiveUnlessTheRequestSaysOtherwise() {
        assertEquals(
                new Entry(MemberRole.EMPLOYEE, true, null, null, null),
                MemberRules.after(null, Wish.of(MemberRole.EMPLOYEE)));
        assertEquals(
                new Entry(MemberRole.EMPLOYEE, false, "Ada", null, null),
                MemberRules.after(
                        null, new Wish(MemberRole.EMPLOYEE, false, TextUpdate.to("Ada"), TextUpdate.UNCHANGED)));
    }

    @Test
    void aPatchMaySayNothingOfARoleUnlessSomebodyIsNew() {
        var named = new Wish(null, null, TextUpdate.to("Ada L."), TextUpdate.UNCHANGED);
        assertEquals(
                new Entry(MemberRole.LEAD, false, "Ada L.", "ada@example.com", null), MemberRules.after(ADA, named));
        Assertions.assertThrows(IllegalArgumentException.class, () -> MemberRules.after(null, named));
    }

    @Test
    void aMemberBelongsToTheDepartmentThatWasSaidLast() {
        var sales = UUID.randomUUID();
        var moved = MemberRules.after(ADA, Wish.of(sales));
        assertEquals(new Entry(MemberRole.LEAD, false, "Ada", "ada@example.com", sales), moved);
        assertEquals(moved, MemberRules.after(moved, Wish.of(MemberRole.LEAD)));
        var toNone = new Wish(null, null, TextUpdate.UNCHANGED, TextUpdate.UNCHANGED, IdUpdate.to(null));
        assertEquals(ADA, MemberRules.after(moved, toNone));
    }

    @Test
    void onlyAnActiveLeadIsALead() {
        assertFalse(ADA.isLead());
        assertFalse(new Entry(MemberRole.MANAGER, true, null, null, null).isLead());
        assertTrue(new Entry(MemberRole.LEAD, true, null, null, null).isLead());
    }

    @Test
    void manyAreOneToTenThousandEachOnce() {
        assertEquals(List.of("members"), fields(MemberBatchRules.faults(List.of())));
        assertEquals(List.of(), MemberBatchRules.faults(rows(1)));
        assertEquals(List.of(), MemberBatchRules.faults(rows(10_000)));
        assertEquals(List.of("members"), fields(MemberBatchRules.faults(rows(10_001))));
        var twice = List.of(row(1, USER), row(2, UUID.randomUUID()), row(3, USER));
        assertEquals(List.of(new FieldError("line 3, user_id", "is already in row 1")), MemberBatchRules.faults(twice));
    }

    @Test
    void anEmptyCellSaysNothing() {
        var faults = new ArrayList<FieldError>();
        var rows = MemberCsv.read(
                csv(USER + ",lead,,,", UUID.randomUUID() + ",employee,false,\"Ada, Countess\",ada@example.com"),
                faults);
        assertEquals(List.of(), faults);
        assertEquals(new MemberRow("line 2, ", 2, USER, Wish.of(MemberRole.LEAD)), rows.get(0));
        assertEquals(
                new Wish(MemberRole.EMPLOYEE, false, TextUpdate.to("Ada, Countess"), TextUpdate.to("ada@example.com")),
                rows.get(1).wish());
    }

    @Test
    void eachBadCellIsNamedByItsLine() {
        var faults = new ArrayList<FieldError>();
        MemberCsv.read(csv("x,lead,true,,", USER + ",boss,,,", USER + ",lead,yes,,", USER + ",lead"), faults);
        assertEquals(List.of("line 2, user_id", "line 3, role", "line 4, active", "line 5"), fields(faults));
        var unclosed = new ArrayList<FieldError>();
        MemberCsv.read(csv(USER + ",lead,,\"Ada,"), unclosed);
        assertEquals(1, unclosed.size());
        Assertions.assertThrows(
                ProblemException.class, () -> MemberCsv.read("user_id,role".getBytes(StandardCharsets.UTF_8), faults));
    }

    @Test
    void membersAreDecidedInPlainJava() {
        new ArchitectureRules("io.points.distribution")
                .plainJava(MemberRules.class, DirectoryRules.class, Purpose.class);
    }

    private static List<MemberRow> rows(int many) {
        return IntStream.rangeClosed(1, many)
                .mapToObj(number -> row(number, UUID.randomUUID()))
                .toList();
    }

    private static MemberRow row(int number, UUID user) {
        return new MemberRow("line " + number + ", ", number, user, Wish.of(MemberRole.EMPLOYEE));
    }

    private static byte[] csv(String... lines) {
        return String.join(
                        "\n",
                        Stream.concat(Stream.of("user_id,role,active,display_name,email"), Stream.of(lines))
                                .toList())
                .getBytes(StandardCharsets.UTF_8);
    }

    private static List<String> fields(List<FieldError> faults) {
        return faults.stream().map(FieldError::field).toList();
    }
}
