package org.auspex.benchmarks.kills;

/** Where in the life of a question the process is killed. */
enum Stage {
    /** The clinical transaction is committed, the workers are not woken yet. */
    COMMITTED,
    /** A worker has claimed questions and begins to read the evidence. */
    CLAIMED,
    /** The model is computing. */
    INFERRING,
    /** The outcome is known, and its transaction has not begun. */
    COMPUTED,
    /** In the transaction, after the identity of the result was written. */
    WRITING,
    /** Wherever it happens to be. */
    ANYWHERE
}
