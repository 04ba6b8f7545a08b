"""What is asked of a server, what comes back, and what that makes of its state."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Question:
    """One check as it is asked; see models/servers/check.py for what its parts are."""

    key: int
    kind: str
    target: str
    address: str
    expect: str = ""
    limit: int | None = None
    timeout_s: int = 10


@dataclass(frozen=True, slots=True)
class Answer:
    """Whether it was as it should be, what was seen, and how long it took in milliseconds."""

    ok: bool
    message: str = ""
    took_ms: int | None = None


UNKNOWN, UP, DOWN = "unknown", "up", "down"


def settled(state: str, streak: int, ok: bool, *, fails: int, passes: int) -> tuple[str, int]:
    """The state and the streak after one more answer.

    It goes down after so many failures in a row and up after so many answers, so that a single
    lost packet changes nothing. The first answer that is good makes an unknown one up at once.
    """
    streak = max(streak, 0) + 1 if ok else min(streak, 0) - 1
    if ok and (state == UNKNOWN or streak >= passes):
        return UP, streak
    if not ok and -streak >= fails:
        return DOWN, streak
    return state, streak
