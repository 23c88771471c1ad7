package io.points.audit;

import io.points.audit.proof.Checkpoint;
import io.points.audit.proof.ConsistencyProof;
import io.points.audit.proof.Frontier;
import io.points.audit.proof.InclusionProof;
import io.points.audit.proof.Leaf;
import io.points.audit.proof.Node;
import io.points.audit.proof.Note;
import io.points.audit.proof.Range;
import io.points.audit.proof.TreeHasher;
import io.points.audit.proof.VerifierKey;
import io.points.testing.ArchitectureRules;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    private final ArchitectureRules rules = new ArchitectureRules("io.points.audit");

    @Test
    void theServiceKeepsTheRulesOfAll() {
        rules.checkAll();
        rules.noCircles();
    }

    @Test
    void whatProvesIsPlainJava() {
        rules.plainJava(
                TreeHasher.class,
                Node.class,
                Range.class,
                Frontier.class,
                InclusionProof.class,
                ConsistencyProof.class,
                Leaf.class,
                Checkpoint.class,
                Note.class,
                VerifierKey.class);
    }
}
