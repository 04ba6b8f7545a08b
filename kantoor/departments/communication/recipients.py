"""Who is reached: one person or address of an audience, whatever question found it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """Somebody to reach. `party` is the row of the party, None for who is only on a mailing list.

    `address` is an e-mail address in lower case, empty where none is known; `subscriber` the row
    on a mailing list, if it was found there; `language` is empty where it is not known.
    """

    name: str
    address: str
    language: str = ""
    phone: str = ""
    party: int | None = None
    subscriber: int | None = None
