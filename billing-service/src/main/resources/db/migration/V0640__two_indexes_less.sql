-- Each award wrote them for nothing: movement_log_sums begins with all columns of the one, and movement_log_departures_of_all has all rows of the other.
drop index concurrently if exists movement_log_of_period;
drop index concurrently if exists movement_log_departures;
