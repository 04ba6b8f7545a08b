"""What somebody without sign-in may see: an open list, and with their token what they get."""

import msgspec

from kantoor.departments.communication.models import (
    Consent,
    MailingList,
    NoMail,
    Purpose,
    Subscriber,
)
from kantoor.departments.communication.queries.audiences.tokens import Stop
from kantoor.departments.communication.queries.audiences.words_shown import words_digest
from kantoor.kernel.actors.models import Company
from kantoor.kernel.parties.models import Party


class OpenList(msgspec.Struct, frozen=True):
    """A list that one can put oneself on, and the words that one agrees to by that; `words` is
    their digest.
    """

    code: str
    name: str
    text: str
    words: str


class Choice(msgspec.Struct, frozen=True):
    """A purpose that one can choose to be written about, and whether one gets mail for it now.

    `words` is the digest of the `text` that one agrees to by it.
    """

    code: str
    name: str
    text: str
    words: str
    chosen: bool


def open_list(company: Company, code: str) -> OpenList | None:
    """An open list of a company. No permission is asked: the world may know of it."""
    rows = MailingList.objects.filter(company=company, code=code, open=True, active=True)
    row = rows.first()
    if row is None:
        return None
    words = Purpose.objects.filter(company=company, code=row.purpose).values_list("text", flat=True)
    text = words.first() or ""
    return OpenList(row.code, row.name, text, words_digest(text))


def choices_of(said: Stop) -> list[Choice]:
    """What somebody gets, for who has their token: purposes in use, by name."""
    stopped = NoMail.objects.filter(company=said.company, lifted_at=None)
    off = set(stopped.filter(address=said.address).values_list("purpose", flat=True))
    if said.party is not None:
        off |= set(stopped.filter(party=said.party).values_list("purpose", flat=True))
    agreed = Consent.objects.filter(
        company=said.company, subscriber__address=said.address, withdrawn_at=None
    )
    on = set(agreed.values_list("purpose", flat=True)) - off if "" not in off else set()
    rows = Purpose.objects.filter(company=said.company, active=True).order_by("name", "pk")
    return [
        Choice(row.code, row.name, row.text, words_digest(row.text), row.code in on) for row in rows
    ]


def language_of(said: Stop) -> str:
    """In which language somebody is written to; empty where nobody knows."""
    own = Subscriber.objects.filter(company=said.company, address=said.address)
    found = own.values_list("language", flat=True).first()
    if not found and said.party is not None:
        parties = Party.objects.filter(company=said.company, pk=said.party)
        found = parties.values_list("language", flat=True).first()
    return found or ""


def purpose_called(said: Stop) -> str:
    """What the purpose of a token is called; empty for all mail."""
    rows = Purpose.objects.filter(company=said.company, code=said.purpose)
    return (rows.values_list("name", flat=True).first() or said.purpose) if said.purpose else ""
