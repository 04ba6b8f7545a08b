"""What is agreed on times, as people hand it in."""

from collections.abc import Sequence
from typing import Literal

import msgspec


class TargetDraft(msgspec.Struct, frozen=True, kw_only=True):
    """Within how many minutes of the calendar something is done for a priority.

    `clock` is response, update or resolution; `priority` 1 to 4; a warning is given when
    `warn_minutes` of them are left.
    """

    clock: Literal["response", "update", "resolution"]
    priority: int
    minutes: int
    warn_minutes: int = 0


Targets = Sequence[TargetDraft]
