"""What a figure on a report is made of: the parameters of `general_ledger` that list its lines."""

from datetime import date

import msgspec


class Sources(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Given to `general_ledger`, these list the lines behind a figure, with their running sum.

    One account, or all accounts of a group or of a statement; from `start` to `end`, both
    included, None being without that bound.
    """

    account: str = ""
    group: str = ""
    statement: str = ""
    start: date | None = None
    end: date | None = None
    dimension: str = ""
    closing: bool = True
    """Whether entries of closing journals count."""
