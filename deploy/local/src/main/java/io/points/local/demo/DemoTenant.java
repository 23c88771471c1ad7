package io.points.local.demo;

import java.util.List;

/**
 * A tenant of the demo, as the realm knows it.
 *
 * @param id the {@code tenant_id} in its users' tokens
 * @param name its name
 * @param manager the user who manages it
 * @param members those whom the manager enrols: also themselves, so that others see their name
 */
record DemoTenant(String id, String name, String manager, List<Member> members) {
    /** A person: the user name, the fixed id, the role and what to call them. */
    record Member(String user, String id, String role, String displayName) {}

    static final Member MANAGER =
            new Member("triton-manager", "770e8400-e29b-41d4-a716-446655440010", "manager", "HR manager");
    static final Member SECOND_MANAGER =
            new Member("triton-manager-b", "770e8400-e29b-41d4-a716-446655440012", "manager", "Second HR manager");
    static final Member LEAD = new Member("triton-lead", "770e8400-e29b-41d4-a716-446655440011", "lead", "HR lead");
    static final Member EMPLOYEE_A =
            new Member("triton-employee-a", "770e8400-e29b-41d4-a716-446655440001", "employee", "Employee A");
    static final Member EMPLOYEE_B =
            new Member("triton-employee-b", "770e8400-e29b-41d4-a716-446655440002", "employee", "Employee B");
    static final Member BOREALIS_EMPLOYEE =
            new Member("borealis-employee", "880e8400-e29b-41d4-a716-446655440001", "employee", "Borealis employee");

    static final DemoTenant TRITON = new DemoTenant(
            "550e8400-e29b-41d4-a716-446655440000",
            "Triton Energy",
            "triton-manager",
            List.of(MANAGER, SECOND_MANAGER, LEAD, EMPLOYEE_A, EMPLOYEE_B));
    static final DemoTenant BOREALIS = new DemoTenant(
            "660e8400-e29b-41d4-a716-446655440000",
            "Borealis Foods",
            "borealis-manager",
            List.of(
                    new Member(
                            "borealis-manager", "880e8400-e29b-41d4-a716-446655440010", "manager", "Borealis manager"),
                    new Member("borealis-lead", "880e8400-e29b-41d4-a716-446655440011", "lead", "Borealis lead"),
                    BOREALIS_EMPLOYEE));
}
