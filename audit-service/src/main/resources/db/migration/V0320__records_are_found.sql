-- What happened to an object, what a person did, and what came of a request. Whatever has an envelope is recorded, so a subject and
-- an actor may be longer than an index can hold: by their hashes.
drop index concurrently if exists audit_log_by_subject;
create index concurrently audit_log_by_subject on audit_log (hashtextextended(subject, 0), sequence desc);
drop index concurrently if exists audit_log_by_actor;
create index concurrently audit_log_by_actor on audit_log (hashtextextended(actor_id, 0), sequence desc)
    where actor_id is not null;
drop index concurrently if exists audit_log_by_trace;
create index concurrently audit_log_by_trace on audit_log (trace_id, sequence desc) where trace_id is not null;
