-- What is told of a rule about departments names one. Of older versions, which know no such rules, it is the nil UUID.
alter table limit_alert_log add column department_id uuid not null default '00000000-0000-0000-0000-000000000000';
comment on column limit_alert_log.department_id is 'Out of whose envelope it was given; the nil UUID stands for none in particular, as in given.';
