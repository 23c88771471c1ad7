-- Entries in the words of FOCUS 1.2, credits that name what they credit, and months that can be closed.
-- Columns that FOCUS does not have begin with x_. Points are whole, amounts are in the currency's minor unit (ISO 4217).

do $$ begin
    if exists (select from platform_billing_logs) then
        raise exception 'platform_billing_logs has entries from before there were periods: they have no month, and their credits name no purchase.'
            using hint = 'Nothing is lost: all events are kept. Empty the database "billing", set the offsets of the group billing-service to 0 and start again; on one machine, ./points reset.';
    end if;
end $$;
drop table platform_billing_logs;

create table platform_billing_logs (
    x_entry_id            uuid        primary key,
    x_event_id            uuid        not null,
    x_line                integer     not null check (x_line > 0),
    billing_account_id    uuid        not null,
    billing_period_start  timestamptz not null,
    billing_period_end    timestamptz not null,
    charge_category       text        not null check (charge_category in ('Purchase', 'Credit', 'Adjustment')),
    charge_class          text        check (charge_class = 'Correction'),
    charge_description    text        not null check (length(charge_description) <= 2000),
    charge_period_start   timestamptz not null,
    pricing_quantity      bigint      not null check (abs(pricing_quantity) between 1 and 1000000000000),
    pricing_unit          text        not null default 'Points' check (pricing_unit = 'Points'),
    contracted_unit_price numeric     not null check (contracted_unit_price >= 0),
    billed_cost           numeric     not null,
    billing_currency      char(3)     not null check (billing_currency ~ '^[A-Z]{3}$'),
    invoice_id            text        check (length(invoice_id) <= 2000),
    x_kind                text        not null check (x_kind in ('allocation', 'clawback')),
    x_amount_minor        numeric(38) not null,
    x_currency_exponent   smallint    not null check (x_currency_exponent between 0 and 4),
    x_pool_version        bigint      not null check (x_pool_version > 0),
    x_po_number           text        check (length(x_po_number) <= 100),
    x_cost_centre         text        check (length(x_cost_centre) <= 100),
    x_credited_entry_id   uuid        references platform_billing_logs,
    x_created_by          text,
    x_recorded_at         timestamptz not null default now(),
    constraint one_entry_per_line_of_an_event unique (x_event_id, x_line),
    constraint one_event_per_pool_version unique (billing_account_id, x_pool_version, x_line),
    constraint period_is_a_month_of_utc check (
        billing_period_start = date_trunc('month', billing_period_start, 'UTC')
        and billing_period_end at time zone 'UTC' = billing_period_start at time zone 'UTC' + interval '1 month'),
    constraint nothing_is_billed_before_it_happens check (charge_period_start < billing_period_end),
    constraint category_follows_kind check ((x_kind = 'allocation') = (charge_category = 'Purchase')),
    constraint sign_follows_kind check ((x_kind = 'allocation') = (pricing_quantity > 0)),
    -- An amount may be rounded to 0, but never to the other side.
    constraint amount_has_sign_of_points check (sign(x_amount_minor) in (0, sign(pricing_quantity::numeric))),
    constraint cost_is_the_amount check (billed_cost * power(10::numeric, x_currency_exponent) = x_amount_minor),
    constraint a_credit_names_its_purchase check ((charge_category = 'Credit') = (x_credited_entry_id is not null))
);
comment on table platform_billing_logs is
    'Billing entries for finance: one per allocation, one per clawback and purchase that it credits. Columns follow FOCUS 1.2.';
comment on column platform_billing_logs.x_event_id is 'The allocation or clawback event behind the entry.';
comment on column platform_billing_logs.billing_account_id is 'The tenant.';
comment on column platform_billing_logs.billing_period_start is
    'The month (UTC) in which the entry is billed: that of the event, or the first that was not closed.';
comment on column platform_billing_logs.charge_class is 'Correction: it concerns an earlier period than the one in which it is billed.';
comment on column platform_billing_logs.charge_description is 'Why: the allocation''s reference note, the clawback''s reason.';
comment on column platform_billing_logs.charge_period_start is 'When the points moved.';
comment on column platform_billing_logs.pricing_quantity is 'Points; positive for an allocation, negative for a clawback.';
comment on column platform_billing_logs.contracted_unit_price is
    'Price of one point in the currency''s major unit, as fixed in the allocation''s event.';
comment on column platform_billing_logs.x_amount_minor is
    'Signed, in the minor unit. A purchase is points x price, rounded half even; credits of it add up to it exactly.';
comment on column platform_billing_logs.billed_cost is 'The same in the major unit.';
comment on column platform_billing_logs.invoice_id is 'What finance finds the purchase by; of a credit, that of the purchase.';
comment on column platform_billing_logs.x_created_by is 'Subject of the token of whoever moved the points.';

create index platform_billing_logs_of_tenant on platform_billing_logs (billing_account_id, charge_period_start desc, x_entry_id desc);
create index platform_billing_logs_newest on platform_billing_logs (charge_period_start desc, x_entry_id desc);
create index platform_billing_logs_of_period on platform_billing_logs (billing_period_start, billing_account_id, x_pool_version, x_line);
create index platform_billing_logs_purchases on platform_billing_logs (billing_account_id, x_pool_version desc) where x_kind = 'allocation';
create index platform_billing_logs_credits on platform_billing_logs (x_credited_entry_id) where x_credited_entry_id is not null;

call make_append_only('platform_billing_logs', '${app}');

-- One row per tenant that was heard of. Its lock is held by whatever writes for the tenant, so a month cannot be closed
-- while something is being written into it.
create table billing_tenants (
    tenant_id          uuid   primary key,
    contiguous_version bigint not null default 0 check (contiguous_version >= 0),
    closed_through     date   check (extract(day from closed_through) = 1)
);
comment on column billing_tenants.contiguous_version is 'All movements of the pool up to this version are known.';
comment on column billing_tenants.closed_through is 'First day of the newest closed month; all months before it are closed too.';
grant select, insert, update on billing_tenants to ${app};

-- Every event that moved points, once: the pool's and the wallets'.
create table movement_log (
    event_id       uuid        primary key,
    tenant_id      uuid        not null,
    flow           text        not null check (flow in ('allocated', 'clawed_back', 'distributed', 'refunded', 'returned',
                                   'delegated', 'awarded_from_pool', 'awarded_from_budget', 'budget_returned')),
    points         bigint      not null check (points between 1 and 9007199254740991),
    billing_period date        not null check (extract(day from billing_period) = 1),
    occurred_at    timestamptz not null,
    subject        uuid        not null,
    pool_version   bigint      check (pool_version > 0),
    balance_after  bigint      check (balance_after >= 0),
    currency       char(3),
    unit_price     numeric     check (unit_price >= 0),
    description    text        check (length(description) <= 2000),
    actor_id       text,
    actor_role     text,
    traceparent    text,
    recorded_at    timestamptz not null default now(),
    constraint movements_of_the_pool_have_versions check (
        (flow in ('allocated', 'clawed_back', 'distributed', 'refunded', 'returned')) = (pool_version is not null)
        and (pool_version is null) = (balance_after is null)),
    constraint what_is_billed_has_a_price check (
        (flow in ('allocated', 'clawed_back')) = (currency is not null)
        and (currency is null) = (unit_price is null) and (currency is null) = (description is null))
);
comment on column movement_log.flow is 'From where to where: see the class Flow.';
comment on column movement_log.billing_period is 'First day of the month (UTC) it counts to: that of the event, or the first that was not closed.';
comment on column movement_log.subject is 'The allocation, clawback or distribution; of an award of a batch, the batch whose debit it was.';
comment on column movement_log.traceparent is 'With actor: for what is told of a clawback that had to wait for movements before it.';
create unique index one_movement_per_pool_version on movement_log (tenant_id, pool_version) where pool_version is not null;
create index movement_log_of_subject on movement_log (tenant_id, subject);
create index movement_log_of_period on movement_log (tenant_id, billing_period, pool_version);
create index movement_log_billed on movement_log (tenant_id, pool_version) where currency is not null;
call make_append_only('movement_log', '${app}');

-- Sums of movement_log, so that a statement needs no scan of it. Reconciliation compares the two.
create table period_flows (
    tenant_id      uuid   not null,
    billing_period date   not null,
    flow           text   not null,
    points         bigint not null,
    primary key (tenant_id, billing_period, flow)
);
grant select, insert, update on period_flows to ${app};

-- What finance did with a month: its state is that of the newest step; without any, it is open.
create table period_log (
    tenant_id        uuid        not null references billing_tenants,
    billing_period   date        not null check (extract(day from billing_period) = 1),
    step             integer     not null check (step > 0),
    action           text        not null check (action in ('soft_closed', 'closed', 'reopening_proposed', 'reopened')),
    reason           text        not null check (length(reason) <= 2000),
    created_by       uuid        not null,
    created_at       timestamptz not null,
    statement        text,
    statement_sha256 text        check (statement_sha256 = encode(sha256(convert_to(statement, 'UTF8')), 'hex')),
    primary key (tenant_id, billing_period, step),
    constraint closing_has_a_statement check (
        (action = 'closed') = (statement is not null) and (statement is null) = (statement_sha256 is null))
);
comment on column period_log.statement is 'The statement''s JSON as it was closed: what is shown of the month from then on.';
call make_append_only('period_log', '${app}');
