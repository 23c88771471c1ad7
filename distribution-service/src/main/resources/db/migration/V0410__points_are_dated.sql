-- What of a balance can be used until which day stands in the balance's own row: whoever moves points has that row anyway.
create function sum_of(points bigint[]) returns bigint language plpgsql immutable parallel safe as $$
declare
    total bigint := 0;
    one bigint;
begin
    foreach one in array points loop
        total := total + one;
    end loop;
    return total;
end $$;

alter table wallets
    add column lot_dates date[],
    add column lot_points bigint[],
    add column lot_origins date[],
    add column next_expiry date,
    -- Held against the rows that are there in a script of its own, which lets others go on.
    add constraint lots_fit_into_the_balance check (
        lot_dates is null and lot_points is null and lot_origins is null
        or cardinality(lot_dates) > 0 and cardinality(lot_points) = cardinality(lot_dates)
           and (lot_origins is null or cardinality(lot_origins) = cardinality(lot_dates))
           and sum_of(lot_points) <= balance) not valid,
    add constraint next_expiry_is_the_first check (next_expiry is not distinct from lot_dates[1]) not valid;
comment on column wallets.lot_dates is 'The last days on which some of the balance can be used, the earliest first; null if nothing is dated.';
comment on column wallets.lot_points is 'How many points until each of them; the rest of the balance stays for ever.';
comment on column wallets.lot_origins is 'Of a budget: the day that they had in the pool; null, also of all, if they had none.';
-- A new version of a row finds room beside it, so that no index is written.
alter table wallets set (fillfactor = 85);

alter table wallet_ledger
    add column lot_dates date[],
    add column lot_points bigint[],
    add column lot_origins date[];
comment on column wallet_ledger.lot_dates is 'What of the amount was dated, by days, as in wallets; null if nothing was.';

-- By which rules points are dated: each revision, and of each tenant the newest, with the time zone in which its days are.
create table policy_logs (
    tenant_id          uuid        not null,
    revision           bigint      not null check (revision > 0),
    earned_after       text,
    earned_round       text check (earned_round in ('day', 'month_end')),
    earned_every       text,
    earned_min_days    integer,
    earned_to          text        not null check (earned_to in ('nowhere', 'pool')),
    earned_notice_days integer[]   not null,
    event_id           uuid        not null unique,
    created_by         uuid        not null,
    created_at         timestamptz not null,
    primary key (tenant_id, revision),
    constraint after_some_time_or_every_year check (earned_after is null or earned_every is null),
    constraint a_time_is_rounded check ((earned_after is null) = (earned_round is null)),
    constraint a_day_is_some_days_off check ((earned_every is null) = (earned_min_days is null))
);
call make_append_only('policy_logs', '${app}');

create table policies (
    tenant_id          uuid   primary key,
    revision           bigint not null default 0,
    earned_after       text,
    earned_round       text,
    earned_every       text,
    earned_min_days    integer,
    earned_to          text   not null default 'nowhere',
    earned_notice_days integer[],
    time_zone          text,
    previous_time_zone text,
    settings_revision  bigint not null default 0
);
comment on column policies.revision is 'The newest of policy_logs; 0 if there is none.';
comment on column policies.time_zone is 'As allocation-service told it; null until it has, which means UTC.';
grant select, insert, update on policies to ${app};
