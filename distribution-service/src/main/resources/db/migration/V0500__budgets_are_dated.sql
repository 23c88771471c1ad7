-- By which rules budgets are dated; all are null of a policy that was made before budgets had any.
alter table policy_logs
    add column budgets_after    text,
    add column budgets_round    text check (budgets_round in ('day', 'month_end')),
    add column budgets_every    text,
    add column budgets_min_days integer,
    add column budgets_to       text check (budgets_to in ('nowhere', 'pool')),
    add constraint budgets_after_some_time_or_every_year check (budgets_after is null or budgets_every is null),
    add constraint a_budgets_time_is_rounded check ((budgets_after is null) = (budgets_round is null)),
    add constraint a_budgets_day_is_some_days_off check ((budgets_every is null) = (budgets_min_days is null));

alter table policies
    add column budgets_after    text,
    add column budgets_round    text,
    add column budgets_every    text,
    add column budgets_min_days integer,
    add column budgets_to       text;
