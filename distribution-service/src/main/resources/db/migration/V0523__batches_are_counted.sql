alter table batches
    add column policy_revision bigint,
    add column counted_on date;
comment on column batches.counted_on is 'Of one that is all or nothing: the day in whose windows it is counted, as its distribution gets it.';
