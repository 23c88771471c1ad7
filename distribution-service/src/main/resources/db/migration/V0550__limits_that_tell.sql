-- What managers were told of how much was given of what their rules allow.
create table limit_alert_log (
    tenant_id   uuid        not null,
    rule        text        not null,
    giver_id    uuid        not null,
    receiver_id uuid        not null,
    in_window   text        not null,
    percent     smallint    not null check (percent between 1 and 101),
    used        bigint      not null check (used > 0),
    event_id    uuid        not null unique,
    created_at  timestamptz not null,
    primary key (tenant_id, rule, giver_id, receiver_id, in_window, percent)
);
comment on column limit_alert_log.rule is 'A word of the company''s own, without names of people.';
comment on column limit_alert_log.giver_id is 'The nil UUID stands for all, as for the receiver, and as in given.';
comment on column limit_alert_log.in_window is 'Of the tenant''s calendar, such as 2026-11.';
comment on column limit_alert_log.percent is 'Of what the rule allows: reached. 101: it was exceeded, by a rule that only tells.';
call make_append_only('limit_alert_log', '${app}');
