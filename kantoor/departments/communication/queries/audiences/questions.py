"""An audience as a question to the database: its parties, and who is only on its mailing lists."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce
from operator import or_

from django.db.models import Q, QuerySet
from django.db.models.functions import Lower
from django.utils.translation import gettext as _

from kantoor.departments.communication.errors import UnknownAudience
from kantoor.departments.communication.models import (
    Audience,
    AudiencePart,
    ListMember,
    MailingList,
    Subscriber,
)
from kantoor.departments.communication.queries.audiences.kinds import EVERYBODY, MAILING_LIST
from kantoor.kernel.audiences import known_kind
from kantoor.kernel.parties.models import Party

Values = Mapping[str, Sequence[str]]
"""Values by the name of their kind."""


@dataclass(frozen=True, slots=True)
class Question:
    """Whom an audience means: who answers to one of `included` and to none of `left_out`."""

    company_id: int
    included: Values
    left_out: Values = field(default_factory=dict)


def question_of(company_id: int, audience: Audience | None) -> Question:
    """What an audience asks; None is everybody who works here. One statement."""
    if audience is None:
        return Question(company_id, {EVERYBODY: [""]})
    assert audience.company_id == company_id, "an audience of another company"
    return asked(company_id, audience.parts.order_by("pk"))


def asked(company_id: int, parts: Iterable[AudiencePart]) -> Question:
    """What these parts ask together."""
    included: dict[str, list[str]] = {}
    left_out: dict[str, list[str]] = {}
    for part in parts:
        (left_out if part.left_out else included).setdefault(part.kind, []).append(part.value)
    return Question(company_id, included, left_out)


def parties_meant(question: Question) -> QuerySet[Party]:
    """The parties that answer, erased ones never.

    Raises UnknownAudience where a kind is not there: who would be left out by it must not be
    reached because a department was taken away.
    """
    found = Party.objects.filter(company_id=question.company_id, erased_at=None)
    if not question.included:
        return found.none()
    found = found.filter(_any(question.company_id, question.included))
    if question.left_out:
        found = found.exclude(_any(question.company_id, question.left_out))
    return found


def subscribers_meant(question: Question) -> QuerySet[Subscriber]:
    """Who is on an included mailing list and is no party that was found: an address alone."""
    on = _on_lists(question.company_id, question.included.get(MAILING_LIST, ()))
    found = Subscriber.objects.filter(company_id=question.company_id, pk__in=on)
    found = found.exclude(address="").exclude(address__in=addresses_of(parties_meant(question)))
    if not question.left_out:
        return found
    off = _on_lists(question.company_id, question.left_out.get(MAILING_LIST, ()))
    out = Party.objects.filter(company_id=question.company_id)
    out = out.filter(_any(question.company_id, question.left_out))
    return found.exclude(pk__in=off).exclude(address__in=addresses_of(out))


def _any(company_id: int, values: Values) -> Q:
    """Parties that answer to any of these."""
    answers = []
    for name, listed in values.items():
        kind = known_kind(name)
        if kind is None:
            message = _("The kind of audience “{name}” is not there any more; take it out.")
            raise UnknownAudience(message.format(name=name), field="kind")
        found = kind.find(company_id, list(listed))
        answers.append(Q(pk__in=found.order_by().values("pk")))
    return reduce(or_, answers)


def _on_lists(company_id: int, codes: Sequence[str]) -> "QuerySet[ListMember, int]":
    lists = MailingList.objects.filter(company_id=company_id, code__in=codes)
    on = ListMember.objects.filter(mailing_list__in=lists.values("pk"))
    return on.values_list("subscriber_id", flat=True)


def addresses_of(parties: QuerySet[Party]) -> "QuerySet[Party, str]":
    """The addresses of parties, in small letters."""
    found = parties.exclude(email="").order_by().annotate(lowered=Lower("email"))
    return found.values_list("lowered", flat=True)
