alter table proposals validate constraint proposals_kind_check;
alter table proposals validate constraint allocation_has_an_amount;
alter table schedule_runs validate constraint schedule_runs_outcome_check;
alter table schedule_runs validate constraint proposed_is_a_proposal;
