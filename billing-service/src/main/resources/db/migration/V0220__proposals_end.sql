-- How a proposal to reopen a month ended that nobody approved. To older versions, which know neither, it was rejected.
alter table period_log add column proposal_ended text check (proposal_ended in ('withdrawn', 'lapsed'));
comment on column period_log.proposal_ended is
    'Of a proposal that was not rejected by a person: withdrawn by whoever made it, or lapsed after seven days. Null otherwise.';
alter table period_log add constraint only_a_proposal_is_withdrawn_or_lapses
    check (proposal_ended is null or action = 'reopening_rejected');

create index period_log_proposals on period_log (created_at) where action = 'reopening_proposed';
