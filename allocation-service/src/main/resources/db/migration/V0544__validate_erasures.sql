alter table closings validate constraint erased_after_the_end;
