"""A case as another desk had it, from its opening to its end."""

import msgspec

Happened = tuple[int, str, str, str]
"""When (seconds since 1970 UTC), what, what it was and what it became; queues by their names."""


class PastCase(msgspec.Struct, gc=False, kw_only=True):
    """A case with all that happened to it, in order; instants are seconds since 1970 UTC.

    `caller` and `queue` are names at that desk; `reassigned` and `reopened` its own counts.
    `requester` is the code of a relation here, where the caller is known to be one.
    """

    reference: str
    source: str
    event: str
    opened: int
    changed: int
    resolved: int | None
    closed: int | None
    caller: str
    title: str
    text: str
    channel: str
    impact: int
    urgency: int
    priority: int
    state: str
    waiting_for: str
    queue: str
    resolution_code: str
    reassigned: int
    reopened: int
    happened: list[Happened]
    requester: str = ""
