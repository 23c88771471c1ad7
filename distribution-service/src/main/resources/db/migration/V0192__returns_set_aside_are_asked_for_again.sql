-- A return that the pool has set aside is asked for again: it ends by itself once the pool has been put right. Instances of the
-- version before, which run on during a roll-out, write it without a time.
alter table distributions drop constraint open_means_due;
update distributions set due_at = now() where state = 'SET_ASIDE';
alter table distributions add constraint open_means_due
    check (state = 'SET_ASIDE'
           or (state in ('REQUESTED', 'RETURNING', 'CANCELLING', 'COMPENSATING')) = (due_at is not null)) not valid;
alter table distributions validate constraint open_means_due;
