-- Days of wallets that were moved later. Nothing moves but the days, so it is no entry of the ledger.
create table date_log (
    id          uuid        primary key,
    tenant_id   uuid        not null,
    user_id     uuid        not null,
    kind        text        not null check (kind in ('budget', 'earned')),
    from_date   date        not null,
    lot_dates   date[]      not null,
    lot_points  bigint[]    not null,
    lot_origins date[],
    created_by  uuid        not null,
    created_at  timestamptz not null,
    constraint some_points_are_moved check (
        cardinality(lot_dates) > 0 and cardinality(lot_points) = cardinality(lot_dates)
        and (lot_origins is null or cardinality(lot_origins) = cardinality(lot_dates))),
    constraint only_later check (from_date < all (lot_dates))
);
call make_append_only('date_log', '${app}');
comment on column date_log.id is 'Also of its event.';
comment on column date_log.lot_dates is 'The new days, with the points of each and, of a budget, the days that they had in the pool; all of these had from_date before.';
