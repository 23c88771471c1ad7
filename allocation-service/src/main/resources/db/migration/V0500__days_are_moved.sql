-- Days of pools that were moved later. Nothing moves but the days, so it is no entry of the ledger.
create table date_log (
    id         uuid        primary key,
    tenant_id  uuid        not null references tenants,
    from_date  date        not null,
    to_date    date        not null,
    points     bigint      not null check (points > 0),
    created_by uuid        not null,
    created_at timestamptz not null,
    constraint only_later check (from_date < to_date)
);
call make_append_only('date_log', '${app}');
comment on column date_log.id is 'Also of its event.';
