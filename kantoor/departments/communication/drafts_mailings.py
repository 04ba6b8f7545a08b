"""What is said to send an item to many, by mail or by another way."""

from datetime import datetime

import msgspec


class MailingDraft(msgspec.Struct, frozen=True, kw_only=True):
    """An item (by code) to be sent to an audience; an empty audience is that of the item.

    `mailbox` is the one it goes out from, by name; `channel` another way by code, in place of
    mail. `purpose` is what its recipients gave consent for, empty for that of the audience;
    `per_minute` the most that go out in a minute, 0 for no limit; `not_before` a moment to wait
    for. `confirmed` says to how many it goes, where that must be said (everybody, or nobody).
    """

    item: str
    audience: str = ""
    mailbox: str = ""
    channel: str = ""
    purpose: str = ""
    per_minute: int = 0
    not_before: datetime | None = None
    confirmed: int | None = None
