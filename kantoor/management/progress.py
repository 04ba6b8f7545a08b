"""How far a key result is, and whether that is far enough: one rule, in fractions throughout.

Progress is the part of the way from start to target that the figure went, none below nought and
no more than all. Expected is the part of the time that went by. Up to `SLACK` behind what is
expected it is on track, up to `RISK` behind at risk, further behind off track.
"""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from kantoor.kernel.figures import Value

SLACK, RISK = Fraction(1, 10), Fraction(3, 10)
REACHED, ON_TRACK, AT_RISK, OFF, UNKNOWN = "reached", "on_track", "at_risk", "off", "unknown"


def progress(start: Fraction, target: Fraction, now: Value) -> Fraction | None:
    """The part of the way that was gone, from 0 to 1; None where there is no figure."""
    if now is None:
        return None
    if start == target:
        return Fraction(int(now == target))
    return min(max((now - start) / (target - start), Fraction(0)), Fraction(1))


def expected(starts_on: date, due_on: date, on: date) -> Fraction:
    """The part of the time that went by at the end of a day, from 0 to 1."""
    whole = (due_on - starts_on).days + 1
    gone = (on - starts_on).days + 1
    if whole <= 0:
        return Fraction(1)
    return min(max(Fraction(gone, whole), Fraction(0)), Fraction(1))


def state(done: Fraction | None, wanted: Fraction) -> str:
    """What one calls so much progress where so much is expected."""
    if done is None:
        return UNKNOWN
    if done >= 1:
        return REACHED
    behind = wanted - done
    if behind <= SLACK:
        return ON_TRACK
    return AT_RISK if behind <= RISK else OFF


def mean(parts: Sequence[Fraction]) -> Fraction | None:
    """The mean of what is known; None of nothing."""
    return Fraction(sum(parts), len(parts)) if parts else None
