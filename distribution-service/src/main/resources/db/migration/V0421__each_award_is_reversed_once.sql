-- Two reversals of one award cannot both be there, whoever made them.
drop index concurrently if exists one_reversal_of_each_award;
create unique index concurrently one_reversal_of_each_award on distributions (reverses) where reverses is not null;

-- What an erasure looks for.
drop index concurrently if exists reversals_by_requester;
create index concurrently reversals_by_requester on distributions (tenant_id, requested_by, id) where kind = 'reversal';
