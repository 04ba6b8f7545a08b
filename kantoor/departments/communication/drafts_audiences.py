"""What is handed in of audiences, mailing lists, and the addresses on them."""

from collections.abc import Sequence

import msgspec


class PartDraft(msgspec.Struct, frozen=True, kw_only=True):
    """A question of an audience: the name of its kind, and behind a colon its value.

    `hr.unit: sales`, or `communication.everybody` of a kind that asks for no value. Who answers
    to one that is `left_out` is not in the audience, whatever else they answer to.
    """

    who: str
    left_out: bool = False


class AudienceDraft(msgspec.Struct, frozen=True, kw_only=True):
    """An audience; `purpose` is the code of what its members must have agreed to, if anything."""

    code: str
    name: str
    purpose: str = ""
    parts: Sequence[PartDraft]


class PurposeDraft(msgspec.Struct, frozen=True, kw_only=True):
    """What people are written about; `text` is what they agree to, word for word."""

    code: str
    name: str
    text: str


class ListDraft(msgspec.Struct, frozen=True, kw_only=True):
    """A mailing list; whoever wants can put themselves on it where it is `open`."""

    code: str
    name: str
    purpose: str = ""
    open: bool = False


class SubscriberDraft(msgspec.Struct, frozen=True, kw_only=True):
    """An address for a mailing list; `language` is nl, en or empty."""

    address: str
    name: str = ""
    language: str = ""
