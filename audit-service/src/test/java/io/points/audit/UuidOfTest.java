package io.points.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.junit.QuarkusTest;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What events say may be anything; what is no UUID must not stop the books. */
@QuarkusTest
class UuidOfTest extends AuditServiceTest {

    @ParameterizedTest
    @CsvSource({
        "0196f0a1-7b3c-7def-8123-456789abcdef, 0196f0a1-7b3c-7def-8123-456789abcdef",
        "0196F0A1-7B3C-7DEF-8123-456789ABCDEF, 0196f0a1-7b3c-7def-8123-456789abcdef",
        "0196f0a17b3c7def8123456789abcdef,",
        "0196f0a1-7b3c-7def-8123-456789abcde,",
        "0196f0a1-7b3c-7def-8123-456789abcdef0,",
        "0196f0a1-7b3c-7def-8123-456789abcdeg,",
        "0196f0a1-7b3c-7def-8123-45678-abcdef,",
        "0196f0a17-b3c-7def-8123-456789abcdef,",
        "{196f0a1-7b3c-7def-8123-456789abcde},",
        "-196f0a1-7b3c-7def-8123-456789abcdef,",
        "0196f0aé-7b3c-7def-8123-456789abcdef,",
        "triton,",
        "'',",
    })
    void onlyTheUsualFormIsOne(String text, String uuid) {
        assertEquals(Arrays.asList(uuid), AuditTables.column("select uuid_of('" + text + "')"));
    }
}
