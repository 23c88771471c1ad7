-- What each tenant's sealed records come to, which billing-service compares with its own books: see ADR 49. Counted leaf by leaf
-- from the first, apart from the books, so that an older version, which keeps those alone, leaves no gap here.
create table audit_counted (
    tenant_id    uuid        primary key,
    tree_size    bigint      not null check (tree_size >= 0),
    told         bigint      not null check (told >= 0),
    made_up      bigint      not null check (made_up >= 0),
    adjusted_at  bigint      not null,
    pool_version bigint      not null,
    unbilled     bigint      not null check (unbilled >= 0),
    message      json,
    due_at       timestamptz not null
);
comment on table audit_counted is 'How far each tenant''s leaves are counted.';
comment on column audit_counted.told is 'How many entries of the pool''s ledger events told of, adjustments among them; pool_version is the newest.';
comment on column audit_counted.made_up is 'Entries that no event told of, before an adjustment, which is entry adjusted_at.';
comment on column audit_counted.unbilled is 'Rows of audit_unbilled.';
comment on column audit_counted.message is 'What was told last, with the newest cut; null before the first time.';
comment on column audit_counted.due_at is 'When it is counted again, if there are new leaves.';
grant select, insert, update on audit_counted to ${app};

create table audit_counts (
    tenant_id    uuid    not null,
    topic        text    not null,
    kind         text    not null,
    records      bigint  not null check (records > 0),
    points       numeric not null,
    amount_minor numeric,
    primary key (tenant_id, topic, kind)
);
comment on table audit_counts is 'Sums of the counted leaves: of a pool''s events by type, of billing entries by currency.';
grant select, insert, update on audit_counts to ${app};

create table audit_unbilled (
    tenant_id    uuid   not null,
    pool_version bigint not null,
    event_points bigint not null,
    entry_points bigint not null check (entry_points <> event_points),
    primary key (tenant_id, pool_version)
);
comment on table audit_unbilled is 'Signed points of an allocation or clawback, and of its billing entries, while they do not match.';
grant select, insert, update, delete on audit_unbilled to ${app};

-- Billing entries as their topic has them. Whatever is none of billing-service's is left out.
create view entries_billed as
select log.sequence, field.currency, field.points, field.amount_minor, field.pool_version
from audit_log log
cross join lateral (select log.data::jsonb as data offset 0) event
cross join lateral (select event.data ->> 'currency' as currency, integer_of(event.data -> 'points') as points,
                           integer_of(event.data -> 'amount_minor') as amount_minor,
                           points_of(event.data -> 'pool_version') as pool_version offset 0) field
where log.topic = 'billing.entries.v1' and log.type = 'BillingEntryRecorded' and field.currency ~ '^[A-Z]{3}$'
  and abs(field.points) <= 1000000000000 and field.amount_minor is not null and field.pool_version > 0;
grant select on entries_billed to ${app};
