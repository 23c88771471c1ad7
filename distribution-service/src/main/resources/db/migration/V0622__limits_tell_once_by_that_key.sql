alter table limit_alert_log drop constraint limit_alert_log_pkey;
alter table limit_alert_log add constraint limit_alert_log_pkey primary key using index limit_alert_log_key;
comment on column given.department_id is 'The nil UUID stands for all; of what one giver gives by an allowance, for none: it comes out of what is in no envelope.';
