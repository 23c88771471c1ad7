-- V0123 looks fields up itself; nothing calls these any more.
drop function points_of(json, text);
drop function integer_of(json, text);
drop function uuid_of(json, text);
