package io.points.distribution.member;

import static io.points.distribution.member.Ineligibility.INACTIVE;
import static io.points.distribution.member.Ineligibility.ROLE;
import static io.points.distribution.member.Ineligibility.SELF;
import static io.points.distribution.member.MemberRole.EMPLOYEE;
import static io.points.distribution.member.MemberRole.LEAD;
import static io.points.distribution.member.MemberRole.MANAGER;
import static io.points.distribution.member.Purpose.AWARD;
import static io.points.distribution.member.Purpose.DELEGATION;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.points.distribution.member.Directory.Membership;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class DirectoryRulesTest {

    private static final UUID CALLER = UUID.randomUUID();
    private static final UUID SOMEBODY = UUID.randomUUID();

    @Test
    void anEmployeeIsAwardedAndALeadGetsABudget() {
        assertNull(of(AWARD, SOMEBODY, EMPLOYEE, true));
        assertNull(of(DELEGATION, SOMEBODY, LEAD, true));
    }

    @Test
    void anotherRoleDoesNot() {
        assertEquals(ROLE, of(AWARD, SOMEBODY, LEAD, true));
        assertEquals(ROLE, of(AWARD, SOMEBODY, MANAGER, true));
        assertEquals(ROLE, of(DELEGATION, SOMEBODY, EMPLOYEE, true));
    }

    @Test
    void whoDoesNotTakePartIsNotEligibleWhateverTheRole() {
        assertEquals(INACTIVE, of(AWARD, SOMEBODY, EMPLOYEE, false));
        assertEquals(INACTIVE, of(AWARD, SOMEBODY, MANAGER, false));
    }

    @Test
    void nobodyGivesToThemselves() {
        assertEquals(SELF, of(AWARD, CALLER, EMPLOYEE, true));
        assertEquals(SELF, of(DELEGATION, CALLER, LEAD, false));
    }

    private static Ineligibility of(Purpose purpose, UUID user, MemberRole role, boolean active) {
        return DirectoryRules.ineligibility(purpose, CALLER, user, new Membership(role, active));
    }
}
