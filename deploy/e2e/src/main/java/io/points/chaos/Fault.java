package io.points.chaos;

/** One thing that goes wrong. What it hits and for how long is part of it, so that a plan says everything. */
sealed interface Fault {

    /** Whether a process is killed by it. */
    default boolean kills() {
        return false;
    }

    /** How the report calls it. */
    String kind();

    /** One that has to do with days that pass. */
    sealed interface OfTime extends Fault {}

    /** {@code kill -9} of a process. */
    record Kill(String part) implements Fault {
        @Override
        public boolean kills() {
            return true;
        }

        @Override
        public String kind() {
            return "kill -9 " + part.replaceFirst("-2$", "");
        }
    }

    /** A service dies at a fault point of its own code. */
    record Crash(String part, String faultPoint) implements Fault {
        @Override
        public boolean kills() {
            return true;
        }

        @Override
        public String kind() {
            return "crash " + faultPoint;
        }
    }

    /** {@code kill -9}, and a life with a connection pool of two after it. */
    record SmallPool(String part) implements Fault {
        @Override
        public boolean kills() {
            return true;
        }

        @Override
        public String kind() {
            return "kill -9, then pool of 2";
        }
    }

    /**
     * A service is stopped between two steps (SIGSTOP), for longer than its consumer session lasts; again, if its
     * partitions did not move meanwhile.
     */
    record Zombie(String part, String faultPoint) implements Fault {
        @Override
        public String kind() {
            return "freeze service";
        }
    }

    /** The broker, the database server or Keycloak is stopped (SIGSTOP) for a while. */
    record Freeze(String part, long milliseconds) implements Fault {
        @Override
        public String kind() {
            return "freeze " + part;
        }
    }

    /** Keycloak is killed, and started again after a while. */
    record LoseKeycloak(long milliseconds) implements Fault {
        @Override
        public String kind() {
            return "kill -9 keycloak";
        }
    }

    /** The realm signs with a new key, and the old one is taken away. */
    record WithdrawKey() implements Fault {
        @Override
        public String kind() {
            return "signing key withdrawn";
        }
    }

    /** {@code pg_terminate_backend} for sessions that are committing or in a transaction, that many times. */
    record Terminate(int times) implements Fault {
        @Override
        public String kind() {
            return "pg_terminate_backend";
        }
    }

    /** Messages of a topic are sent once more, in another order. */
    record Resend(String topic, int messages, long choice) implements Fault {
        @Override
        public String kind() {
            return "duplicate and reorder";
        }
    }

    /** Records that nobody can read. */
    record Poison(String topic, int shape) implements Fault {
        @Override
        public String kind() {
            return "poison record";
        }
    }

    /** A consumer takes so much longer for each batch. */
    record Slow(String part, long delayMillis, long milliseconds) implements Fault {
        @Override
        public String kind() {
            return "slow consumer";
        }
    }

    /** The connections to a server suffer. */
    record Network(String server, Suffering suffering, long milliseconds) implements Fault {
        /** How. */
        enum Suffering {
            DELAY,
            CUT,
            HALF_OPEN
        }

        @Override
        public String kind() {
            return "network "
                    + suffering.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-') + " " + server;
        }
    }

    /** No byte is free on the database server's disk. */
    record FullDisk(long milliseconds) implements Fault {
        @Override
        public String kind() {
            return "disk full";
        }
    }

    /** A debit that cannot be sent before its cancel: a tombstone is written, and the late debit must move nothing. */
    record LateDebit(int awards) implements Fault {
        @Override
        public String kind() {
            return "debit after its cancel";
        }
    }

    /** A receiver is deactivated between the request and the debit's answer: the saga must compensate. */
    record Compensate() implements Fault {
        @Override
        public String kind() {
            return "receiver gone in flight";
        }
    }

    /** So many days pass by the services' clocks for the business, by some a day less. */
    record Pass(int days) implements OfTime {
        @Override
        public String kind() {
            return "days pass";
        }
    }

    /** A service comes back with a clock that is two days behind the others'. */
    record SetBack(String part) implements OfTime {
        @Override
        public String kind() {
            return "clock set back";
        }
    }

    /** An instance stands right before it commits the run of a schedule, frozen or killed, while another finds it due. */
    record TwoSchedulers(String part, boolean dies) implements OfTime {
        @Override
        public String kind() {
            return dies ? "scheduler dies before its commit" : "scheduler freezes before its commit";
        }
    }

    /** An award is in flight while the day of the points that its debit took goes by; then it is undone. */
    record LapseInFlight() implements OfTime {
        @Override
        public String kind() {
            return "points lapse in flight";
        }
    }

    /** Clawbacks that take two people: one ends each way. */
    record Decisions() implements OfTime {
        @Override
        public String kind() {
            return "proposals decided";
        }
    }

    /** Awards that two people have to approve: one ends each way. */
    record Holds() implements OfTime {
        @Override
        public String kind() {
            return "approvals decided";
        }
    }

    /** All instances of distribution-service are killed while one undoes a batch. */
    record KillUndo() implements Fault {
        @Override
        public String kind() {
            return "killed while it undoes a batch";
        }
    }

    /**
     * A tenant is closed by two people while its own go on.
     *
     * @param killing whether an instance is killed at each step
     */
    record CloseTenant(boolean killing) implements OfTime {
        @Override
        public String kind() {
            return "tenant closed";
        }
    }

    /** Callers without a token announce bodies and headers that never come. */
    record Stall(String part, int senders) implements Fault {
        @Override
        public String kind() {
            return "stalled senders";
        }
    }
}
