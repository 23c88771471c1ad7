-- Adjustments of a pool take a version of it, and are heard of from now on. Locked in the service's own order: tenants first.
lock table billing_tenants in access exclusive mode;
alter table movement_log add column adjusted_by bigint;
comment on column movement_log.adjusted_by is
    'Signed points of an adjustment''s entry in the pool''s ledger. To the books it moves none: its points are 0.';
alter table movement_log drop constraint movement_log_flow_check;
alter table movement_log drop constraint movement_log_points_check;
alter table movement_log drop constraint movements_of_the_pool_have_versions;
-- What stands there fulfils the stricter rules from before, so it is not read again under the table's lock.
alter table movement_log add constraint movement_log_flow_check check (flow in ('allocated', 'clawed_back', 'distributed',
    'refunded', 'returned', 'delegated', 'awarded_from_pool', 'awarded_from_budget', 'budget_returned', 'adjusted')) not valid;
alter table movement_log add constraint movement_log_points_check
    check (case flow when 'adjusted' then points = 0 else points between 1 and 9007199254740991 end) not valid;
alter table movement_log add constraint movements_of_the_pool_have_versions check (
    (flow in ('allocated', 'clawed_back', 'distributed', 'refunded', 'returned', 'adjusted')) = (pool_version is not null)
    and (pool_version is null) = (balance_after is null)) not valid;
alter table movement_log add constraint only_an_adjustment_has_an_entry_of_its_own
    check ((flow = 'adjusted') = (adjusted_by is not null)) not valid;

-- All that ever moved, whatever its direction, so that no sum over a tenant's movements can be beyond 64 bits.
alter table billing_tenants add column points_moved bigint not null default 0;
comment on column billing_tenants.points_moved is
    'Points of all movements together. What would bring it above 2^62 can only be forged, and becomes a dead letter.';
update billing_tenants t set points_moved = least(n.points, 4611686018427387904)
from (select tenant_id, sum(points) as points from period_flows group by tenant_id) n
where n.tenant_id = t.tenant_id;
alter table billing_tenants add constraint sums_stay_within_64_bits check (points_moved between 0 and 4611686018427387904);

-- What has to be read once more from the beginning of its topic, for it was skipped when it was told.
create table events_to_read_again (
    type text primary key
);
grant select, delete on events_to_read_again to ${app};
insert into events_to_read_again select 'PoolAdjusted' where exists (select from billing_tenants);
