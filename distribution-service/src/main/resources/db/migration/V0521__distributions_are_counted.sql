alter table distributions
    add column policy_revision bigint,
    add column counted_on date;
comment on column distributions.policy_revision is 'Of the policy whose rules let it pass; null if there were none.';
comment on column distributions.counted_on is 'The day, in the tenant''s time zone, in whose windows it is counted; null if it is in none, or no more.';
