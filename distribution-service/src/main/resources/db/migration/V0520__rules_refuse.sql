-- Who may give how much stands in the policy, as JSON: words of programs, numbers and ids. Null: there are no rules.
alter table policies add column rules text;
alter table policy_logs add column rules text;

-- What was given in the present windows of each length: of a giver, a receiver, a pair, or the tenant, for which the nil UUID stands for
-- "all". Only tenants have rows of it that have a rule with a window.
create table given (
    tenant_id     uuid     not null,
    giver_id      uuid     not null,
    receiver_id   uuid     not null,
    department_id uuid     not null,
    day           date     not null,
    points        bigint[] not null check (cardinality(points) = 10 and 0 <= all (points)),
    awards        bigint[] not null check (cardinality(awards) = 10 and 0 <= all (awards)),
    primary key (tenant_id, giver_id, receiver_id, department_id)
) with (fillfactor = 70);
comment on column given.day is 'The windows that this day is in are meant; those that are over by a later day are 0 by then.';
comment on column given.points is 'Of the day, week, month, quarter and year: points awarded, points delegated.';
comment on column given.awards is 'Of the day, week, month, quarter and year: how many awards, how many delegations.';
grant select, insert, update on given to ${app};
