-- Not due_at: the version before would find it there, and does not know what to ask.
alter table distributions add column asked_at timestamptz;
comment on column distributions.asked_at is 'When the pool was asked last for a return that it has set aside, or set it aside.';
