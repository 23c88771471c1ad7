package io.points.platform.web.paging;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class BranchesTest {

    @Test
    void eachBranchFindsItsOwnNewestRowsAndTheNewestOfAllAreKept() {
        var branches = new Branches("feed")
                .or(new Conditions().and("a = :a", "a", 1))
                .or(new Conditions().and("b = :b", "b", 2).and("c = :c", "c", 3));
        assertEquals(
                "select * from ((select * from feed where (a = :a) order by id desc limit :rows)"
                        + " union (select * from feed where (b = :b) and (c = :c) order by id desc limit :rows))"
                        + " as found order by id desc limit :rows",
                branches.sql());
    }
}
