"""When an alert is raised and when it is back: one rule, without clock or database.

Beyond the threshold it is crossed; once that has lasted long enough it is raised, and told once.
It is quiet again only when the figure is back at a level of its own, so that a figure that hangs
about the threshold tells nobody twice.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction

from kantoor.kernel.figures import Value
from kantoor.management.models.alerts import ABOVE, BACK, CROSSED, QUIET, RAISED


@dataclass(frozen=True, slots=True)
class Rule:
    """What an alert watches for."""

    comparison: str
    threshold: Fraction
    back: Fraction
    lasting: timedelta

    def beyond(self, value: int | Fraction) -> bool:
        """Whether a figure is past the threshold."""
        return value > self.threshold if self.comparison == ABOVE else value < self.threshold

    def is_back(self, value: int | Fraction) -> bool:
        """Whether a figure is back at the level that is normal again."""
        return value <= self.back if self.comparison == ABOVE else value >= self.back

    def in_order(self) -> bool:
        """Whether what is normal again lies on the right side of the threshold."""
        return not self.beyond(self.back)


@dataclass(frozen=True, slots=True)
class Stand:
    """Where an alert stands since a moment, and what is to be told of it now, if anything."""

    state: str
    since: datetime | None
    told: str = ""


def step(rule: Rule, stand: Stand, value: Value, now: datetime) -> Stand:
    """Where an alert stands after a look; without a figure it stays as it is."""
    state, since = stand.state, stand.since
    if value is None:
        return Stand(state, since)
    if state == RAISED:
        return Stand(QUIET, now, BACK) if rule.is_back(value) else Stand(state, since)
    if not rule.beyond(value):
        return Stand(QUIET, since if state == QUIET else now)
    begun = since if state == CROSSED and since else now
    if now - begun >= rule.lasting:
        return Stand(RAISED, now, RAISED)
    return Stand(CROSSED, begun)
