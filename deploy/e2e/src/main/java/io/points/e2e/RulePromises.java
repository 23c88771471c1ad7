package io.points.e2e;

import static io.points.local.Service.DISTRIBUTION;

/** The promise about who may give how much: what is counted is what was given, and no window is above its limit. */
final class RulePromises {

    private static final String COUNTED = """
            with counted as (
                select d.tenant_id, d.from_user_id, d.to_user_id, d.kind, d.amount, d.counted_on,
                       coalesce(d.department_id, whole.department_id) as department_id
                from distributions d left join distributions whole on whole.id = d.debit_id
                where d.counted_on is not null and d.kind in ('award', 'delegation') and d.reversed_by is null
                  and d.state not in ('REJECTED', 'CANCELLED', 'COMPENSATED'))
            """;

    /** Of each giver and window: what it has, and what was given in it. */
    private static final String GIVEN = COUNTED + """
            select concat_ws(' ', g.tenant_id, g.giver_id, w.word, g.day, had, was)
            from given g
            cross join (values ('day', 1), ('week', 3), ('month', 5), ('quarter', 7), ('year', 9)) as w (word, place)
            cross join lateral (
                select g.points[w.place] + g.points[w.place + 1] as had, coalesce(sum(c.amount), 0) as was,
                       g.awards[w.place] + g.awards[w.place + 1] as had_awards, count(c.amount) as were_awards
                from counted c
                where c.tenant_id = g.tenant_id and c.from_user_id = g.giver_id
                  and date_trunc(w.word, c.counted_on::timestamp) = date_trunc(w.word, g.day::timestamp)) as sums
            where g.giver_id <> '00000000-0000-0000-0000-000000000000'
              and g.receiver_id = '00000000-0000-0000-0000-000000000000'
              and (had <> was or had_awards <> were_awards)
            """;

    /** Of rules that hold for all, or for each department, by the largest limit that each ever had. */
    private static final String ABOVE = COUNTED + """
            , rules as (
                select l.tenant_id, r ->> 'id' as id, r ->> 'of' as whose, r ->> 'per' as per,
                       max((r ->> 'points')::bigint) as points, max((r ->> 'awards')::bigint) as awards
                from policy_logs l cross join jsonb_array_elements(l.rules::jsonb) as r
                where r ->> 'per' is not null and r ->> 'then' = 'refuse'
                  and r ->> 'roles' is null and r ->> 'members' is null and r ->> 'kinds' is null
                  and r ->> 'departments' is null and l.rules not like '%"departments":[%'
                group by 1, 2, 3, 4)
            select concat_ws(' ', r.tenant_id, r.id, date_trunc(r.per, c.counted_on::timestamp), sum(c.amount), count(*))
            from rules r
            join counted c on c.tenant_id = r.tenant_id and c.kind = 'award'
                          and (r.whose <> 'department' or c.department_id is not null)
            group by r.tenant_id, r.id, r.whose, r.per, r.points, r.awards, date_trunc(r.per, c.counted_on::timestamp),
                     case when r.whose in ('giver', 'pair') then c.from_user_id end,
                     case when r.whose in ('receiver', 'pair') then c.to_user_id end,
                     case when r.whose = 'department' then c.department_id end
            having sum(c.amount) > r.points or count(*) > r.awards
            """;

    private final Books books;

    RulePromises(Books books) {
        this.books = books;
    }

    void check(Differences differences) {
        differences.none("windows that have not what was given in them", books.texts(DISTRIBUTION, GIVEN));
        differences.none("windows above the limit of a rule", books.texts(DISTRIBUTION, ABOVE));
    }
}
