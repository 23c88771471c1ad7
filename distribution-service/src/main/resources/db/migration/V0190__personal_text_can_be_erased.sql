-- In the order in which the service takes them, so that neither waits for the other.
lock table members, batches, batch_lines, distributions, recognitions in access exclusive mode;

-- Words of the system are nobody's personal text. Older ones are known by what they say.
alter table distributions add column system_text boolean not null default false;
comment on column distributions.system_text is 'The description was written by the system and not by a person: no erasure takes it away.';

-- A recognition whose words were erased stays one.
alter table recognitions alter column message drop not null;
comment on column recognitions.message is 'Null once it was erased.';

-- Batches keep words until all their distributions are made. What was erased must not be written anew from here.
alter table batches add column erased boolean not null default false;
comment on column batches.erased is 'The words of whoever asked for it were erased, those of its lines included.';
alter table batch_lines add column erased boolean not null default false;
comment on column batch_lines.erased is 'Its words were erased; those of the batch are not its own any more.';

create table erasures (
    tenant_id   uuid not null,
    user_id     uuid not null,
    given_to    uuid,
    received_to uuid,
    returned_to uuid,
    erased_at   timestamptz,
    primary key (tenant_id, user_id),
    foreign key (tenant_id, user_id) references members
);
comment on table erasures is 'How far the erasures of a member have come. Ids of distributions are ordered by time.';
comment on column erasures.given_to is 'What the member said with distributions up to this one is gone.';
comment on column erasures.received_to is 'What was said to the member with distributions up to this one is gone.';
comment on column erasures.returned_to is 'What the member said with returns of anybody''s budget up to this one is gone.';
comment on column erasures.erased_at is 'When the last erasure was told; null if more was erased since, and that is yet to be told.';
grant select, insert, update on erasures to ${app};
