"""Leave as it is asked, set up and granted: what actions take and give."""

from datetime import date
from decimal import Decimal
from typing import Literal

import msgspec

Part = Literal["whole", "morning", "afternoon"]


class LeaveDraft(msgspec.Struct, frozen=True, kw_only=True):
    """Leave of somebody, from a day up to and with another (the same when not said).

    `hours` is so many of a single day, instead of a part of it.
    """

    employee: str
    first: date
    last: date | None = None
    kind: str = "holiday"
    first_part: Part = "whole"
    last_part: Part = "whole"
    hours: Decimal | None = None
    note: str = ""


class LeaveKindDraft(msgspec.Struct, frozen=True, kw_only=True):
    """A kind of leave; see LeaveKind. `below_hours` is how far it may go under nought."""

    code: str
    name: str
    counted: bool = False
    paid: bool = True
    below_hours: int = 0


class LeaveRuleDraft(msgspec.Struct, frozen=True, kw_only=True):
    """How leave of a kind is earned; see LeaveRule."""

    code: str
    name: str
    weeks: Decimal
    months: int = 60
    kind: str = "holiday"
    statutory: bool = False
    must_warn: bool = False
    year_before: bool = False


class LeaveCorrection(msgspec.Struct, frozen=True, kw_only=True):
    """Hours that somebody gets or loses on a day, with the reason.

    `lapses` is the first day on which what is given is gone: after five years unless said.
    """

    employee: str
    hours: Decimal
    on: date
    reason: str
    kind: str = "holiday"
    lapses: date | None = None


class Granted(msgspec.Struct, frozen=True):
    """What granting came to: lots that changed, and the minutes that came with it."""

    lots: int
    minutes: int
