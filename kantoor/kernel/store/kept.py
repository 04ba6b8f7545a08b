"""How a table is kept: what the record holds of it, and so how `verify` proves it."""

import enum


class Kept(enum.Enum):
    """Every table is one of these; a contract test refuses a table that is none."""

    SEALED = "sealed"
    """Written once, never changed (triggers refuse it): the record holds a digest of each row."""
    STATE = "state"
    """Can change: the record holds every state of each row, whole."""
    DERIVED = "derived"
    """Follows from other tables (balances, counters): a prover computes it anew."""
    PASSING = "passing"
    """Proves nothing and is lost without harm (sessions, job queue, caches): not checked."""
