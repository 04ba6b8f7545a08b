"""Whom an audience reaches: the one way from audience to addresses, for pages, mail and reading.

Who gave no consent, wants no mail or can't be reached is left out here, and counted by why.
"""

from collections.abc import Container, Iterable, Iterator, Sequence
from typing import Any, Literal

import msgspec
from django.db.models import Case, CharField, Count, F, QuerySet, Value, When
from django.db.models.functions import Lower

from kantoor.departments.communication.models import Audience, AudiencePart
from kantoor.departments.communication.queries.audiences import parts
from kantoor.departments.communication.queries.audiences.forgotten import StoppedBefore
from kantoor.departments.communication.queries.audiences.kinds import MAILING_LIST
from kantoor.departments.communication.queries.audiences.questions import (
    Question,
    parties_meant,
    question_of,
    subscribers_meant,
)
from kantoor.departments.communication.queries.audiences.standing import agreed, lost, unwanted
from kantoor.departments.communication.queries.audiences.tokens import unsubscribe_address
from kantoor.departments.communication.recipients import Recipient
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.audiences import known_kind
from kantoor.kernel.parties.models import Party

__all__ = [
    "By",
    "LeftOut",
    "audiences_with",
    "left_out",
    "parties_of",
    "recipients_of",
    "size_of",
    "unsubscribe_address",
]
By = Literal["mail", "phone"]
LOT = 5_000
"""So many are read at once: memory is bounded, and the question is not asked for each page."""
TOGETHER = 100
"""So many questions about one party go in one statement."""
REACHED = ""
NO_ADDRESS, BOUNCED, UNSUBSCRIBED, NO_CONSENT = (
    "no_address",
    "bounced",
    "unsubscribed",
    "no_consent",
)


class LeftOut(msgspec.Struct, frozen=True, kw_only=True):
    """How many of an audience are not reached, each counted once, by the first reason there is.

    `twice` are those at an address that is reached already.
    """

    no_address: int = 0
    bounced: int = 0
    unsubscribed: int = 0
    no_consent: int = 0
    twice: int = 0

    @property
    def total(self) -> int:
        """All who are not reached for a reason of their own."""
        return self.no_address + self.bounced + self.unsubscribed + self.no_consent


def parties_of(actor: Actor, audience: Audience | None) -> QuerySet[Party]:
    """The parties in an audience now, in no order; None is everybody who works here.

    Raises UnknownAudience where one of its kinds is not there any more.
    """
    return parties_meant(question_of(actor.company_id, audience))


def recipients_of(
    actor: Actor,
    audience: Audience | None,
    *,
    purpose: str = "",
    by: By = "mail",
    must: bool = False,
    within: Question | None = None,
) -> Iterator[Recipient]:
    """Whom an audience reaches by mail or telephone: each address once, read in lots.

    Of an audience that is to be a part of another, only who is in that too (`within`).

    Where a `purpose` is said, or the audience has one, only who agreed to it. With `must` it is
    told whether they want mail or not (a crisis, what has to be read): only who can't be reached
    is left out.
    """
    question, purpose = _asked(actor, audience, purpose)
    gone = _stopped_before(question, purpose) if not must else ()
    for found in _each(question, purpose, by, must):
        held = parts.within(found, within) if within else found
        yield from _in_lots(held.filter(why=REACHED), by, gone)


def left_out(
    actor: Actor,
    audience: Audience | None,
    purpose: str = "",
    *,
    by: By = "mail",
    must: bool = False,
) -> LeftOut:
    """How many `recipients_of` leaves out, by why; six statements at most."""
    question, purpose = _asked(actor, audience, purpose)
    counts: dict[str, int] = {}
    twice = 0
    for found in _counted(question, purpose, by, must):
        for why, all_, once in found.values_list("why").annotate(
            Count("pk"), Count("written_to", distinct=True)
        ):
            counts[why] = counts.get(why, 0) + all_
            twice += all_ - once if why == REACHED else 0
    counts.pop(REACHED, None)
    return LeftOut(**counts, twice=twice)


def size_of(
    actor: Actor,
    audience: Audience | None,
    purpose: str = "",
    *,
    by: By = "mail",
    must: bool = False,
) -> int:
    """How many `recipients_of` gives; five statements at most."""
    question, purpose = _asked(actor, audience, purpose)
    return size_of_question(question, purpose, by=by, must=must)


def size_of_question(
    question: Question, purpose: str, *, by: By = "mail", must: bool = False
) -> int:
    """How many answer to a question and are reached; four statements at most."""
    return sum(
        found.filter(why=REACHED).aggregate(n=Count("written_to", distinct=True))["n"]
        for found in _counted(question, purpose, by, must)
    )


def preview_of(actor: Actor, audience: Audience | None, most: int) -> list[Recipient]:
    """The first that an audience reaches by mail, by name; five statements at most."""
    question, purpose = _asked(actor, audience, "")
    found: list[Recipient] = []
    for each in _counted(question, purpose, "mail", must=False):
        of_party = each.model is Party
        rows = each.filter(why=REACHED).order_by("name", "pk")
        for key, name, address, language in rows.values_list(
            "pk", "name", "written_to", "language"
        )[:most]:
            found.append(
                Recipient(
                    name=name, address=address, language=language,
                    party=key if of_party else None, subscriber=None if of_party else key,
                )
            )  # fmt: skip
    return sorted(found, key=lambda each: (each.name.casefold(), each.address))[:most]


def audiences_with(actor: Actor, party_id: int, audiences: Iterable[Audience]) -> set[int]:
    """Which of these audiences hold a party, by their rows.

    One statement for their parts, and one for every hundred different questions among them. An
    audience with a question that is not there any more holds nobody.
    """
    keys = [each.pk for each in audiences if each.company_id == actor.company_id]
    asked = list(AudiencePart.objects.filter(audience__in=keys).order_by("pk"))
    wanted = sorted({(part.kind, part.value) for part in asked})
    known = [pair for pair in wanted if known_kind(pair[0]) is not None]
    answers = _answered(actor.company_id, party_id, known)
    held: set[int] = set()
    out: set[int] = set()
    for part in asked:
        if known_kind(part.kind) is None:
            out.add(part.audience_id)
        elif (part.kind, part.value) in answers:
            (out if part.left_out else held).add(part.audience_id)
    return held - out


def _answered(company_id: int, party_id: int, pairs: list[tuple[str, str]]) -> set[tuple[str, str]]:
    """To which of these questions a party answers."""
    found: set[tuple[str, str]] = set()
    for start in range(0, len(pairs), TOGETHER):
        questions: list[Any] = []
        for place, (name, value) in enumerate(pairs[start : start + TOGETHER]):
            kind = known_kind(name)
            assert kind is not None
            rows = Party.objects.filter(pk=party_id, erased_at=None)
            rows = rows.filter(pk__in=kind.find(company_id, [value]).order_by().values("pk"))
            questions.append(rows.annotate(place=Value(start + place)).values_list("place"))
        both = questions[0].union(*questions[1:], all=True) if questions[1:] else questions[0]
        found.update(pairs[place] for (place,) in both)
    return found


def _asked(actor: Actor, audience: Audience | None, purpose: str) -> tuple[Question, str]:
    """What an audience asks, and the purpose that its members must have agreed to."""
    question = question_of(actor.company_id, audience)
    return question, purpose or (audience.purpose if audience else "")


def _stopped_before(question: Question, purpose: str) -> StoppedBefore:
    lists = question.included.get(MAILING_LIST, ())
    return StoppedBefore(question.company_id, purpose, lists)


def _counted(question: Question, purpose: str, by: By, must: bool) -> Iterator[QuerySet[Any]]:
    """As `_each`, and who stopped mail before they were forgotten is judged in it too.

    Such an address is only ever a party's: no list takes it.
    """
    gone = [] if must else _stopped_before(question, purpose).among(parties_meant(question))
    return _each(question, purpose, by, must, gone)


def _each(
    question: Question, purpose: str, by: By, must: bool, gone: Sequence[str] = ()
) -> Iterator[QuerySet[Any]]:
    """Parties and subscribers that answer, with `written_to`, and `why` they are left out.

    `gone` are addresses of parties that stopped mail before they were forgotten.
    """
    at = Lower("email") if by == "mail" else F("phone")
    parties = parties_meant(question).annotate(written_to=at)
    yield _judged(parties, question, purpose, by, must, gone)
    if by == "mail" and MAILING_LIST in question.included:
        found = subscribers_meant(question).annotate(written_to=F("address"))
        yield _judged(found, question, purpose, by, must)


def _judged(
    found: QuerySet[Any],
    question: Question,
    purpose: str,
    by: By,
    must: bool,
    gone: Sequence[str] = (),
) -> QuerySet[Any]:
    company, whens = question.company_id, [When(written_to="", then=Value(NO_ADDRESS))]
    at = Lower("email") if found.model is Party else F("address")
    found = found.annotate(mail_address=at)
    if by == "mail":
        whens.append(When(lost(company), then=Value(BOUNCED)))
    if not must:
        lists = question.included.get(MAILING_LIST, ())
        stopped = unwanted(company, purpose, found.model, lists)
        whens.append(When(stopped, then=Value(UNSUBSCRIBED)))
        if gone:
            whens.append(When(mail_address__in=gone, then=Value(UNSUBSCRIBED)))
        if purpose:
            whens.append(When(~agreed(company, purpose, found.model), then=Value(NO_CONSENT)))
    why = Case(*whens, default=Value(REACHED), output_field=CharField())
    judged: QuerySet[Any] = found.annotate(why=why).order_by()
    return judged


def _in_lots(found: QuerySet[Any], by: By, gone: Container[str] = ()) -> Iterator[Recipient]:
    """By address, so that one that many have comes once, and a lot begins where the last ended.

    Parties whose address is among those that are `gone` are passed over.
    """
    last, said, of_party = "", "", found.model is Party
    columns = ("pk", "written_to", "name", "language", "mail_address")
    while True:
        rows = found.filter(written_to__gt=last).order_by("written_to", "pk")
        lot = list(rows.values_list(*columns, *(["phone"] if of_party else []))[:LOT])
        for key, at, name, language, address, *phone in lot:
            last = at
            if at == said or (of_party and address in gone):
                continue
            said = at
            yield Recipient(
                name=name, address=address, language=language, phone=phone[0] if phone else "",
                party=key if of_party else None, subscriber=None if of_party else key,
            )  # fmt: skip
        if len(lot) < LOT:
            return
