-- By which rule of the company's policy something waits for approval, or was not given.
alter table distributions add column approval_rule text;
comment on column distributions.approval_rule is 'The rule by which it must be approved: a word of the company''s own, without names of people. Null if none, or if an older version took it.';
alter table batches add column approval_rule text;
comment on column batches.approval_rule is 'Of one that is all or nothing, as in distributions.';
alter table batch_lines add column rule text;
comment on column batch_lines.rule is 'The rule that refused it, for the reason LIMIT_EXCEEDED.';

create or replace view batch_receivers as
select b.tenant_id, l.batch_id, l.line, l.to_user_id, l.amount, d.id as distribution_id,
       case when l.reason is not null then 'refused'
            when coalesce(d.state, whole.state) = 'COMPLETED' then 'completed'
            when coalesce(d.state, whole.state) in ('REJECTED', 'CANCELLED', 'COMPENSATED') then 'refused'
            else 'accepted' end as state,
       coalesce(l.reason, d.reason, whole.reason) as reason, l.rule
from batches b
join batch_lines l on l.batch_id = b.id
left join distributions d on d.id = l.distribution_id
left join distributions whole on whole.id = b.id;
