package io.points.platform.web.caller;

/** Roles in the token. They say what the caller may do; the directory says who may receive what. */
public final class Role {

    public static final String PLATFORM_ADMIN = "platform-admin";
    public static final String MANAGER = "manager";
    public static final String LEAD = "lead";
    public static final String EMPLOYEE = "employee";
    public static final String FINANCE = "finance";
    public static final String AUDITOR = "auditor";

    private Role() {}
}
