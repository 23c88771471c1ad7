-- Earned points that have lapsed go back to the pool by a distribution of their own, of another kind.
alter table distributions drop constraint distributions_kind_check;
alter table distributions add constraint distributions_kind_check
    check (kind in ('delegation', 'award', 'return', 'batch', 'reversal', 'lapse')) not valid;
alter table distributions drop constraint who_goes_to_nobody;
alter table distributions add constraint who_goes_to_nobody
    check (kind = 'reversal' or (kind in ('return', 'batch', 'lapse')) = (to_user_id is null)) not valid;
alter table distributions drop constraint amount_in_range;
alter table distributions add constraint amount_in_range
    check (amount between 1 and case when kind in ('return', 'lapse') then 9007199254740991 else 1000000000000 end) not valid;
comment on column distributions.source is 'Where the points come from; of a reversal or a lapse, where they go back to.';
