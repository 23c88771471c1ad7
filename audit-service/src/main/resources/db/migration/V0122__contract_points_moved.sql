-- points_posted took its place in V0120; the version before that still reads it.
drop view points_moved;
