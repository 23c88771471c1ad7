-- Until when points can be used that are allocated, unless the allocation says otherwise: nothing of it is there if for ever.
alter table tenant_settings_logs
    add column pool_after text,
    add column pool_round text check (pool_round in ('day', 'month_end')),
    add column pool_every text,
    add column pool_min_days integer,
    add constraint after_some_time_or_every_year check (pool_after is null or pool_every is null),
    add constraint a_time_is_rounded check ((pool_after is null) = (pool_round is null)),
    add constraint a_day_is_some_days_off check ((pool_every is null) = (pool_min_days is null));

alter table allocation_logs add column expires_on date;
comment on column allocation_logs.expires_on is 'The last day on which the points can be used, in the tenant''s time zone; null if they stay for ever.';
