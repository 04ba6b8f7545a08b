"""Whether an audience is a part of another: what was agreed to for all holds for some of them."""

from typing import Any

from django.db.models import Q, QuerySet

from kantoor.departments.communication.models import Audience, Subscriber
from kantoor.departments.communication.queries.audiences.kinds import MAILING_LIST
from kantoor.departments.communication.queries.audiences.questions import (
    Question,
    addresses_of,
    parties_meant,
    question_of,
    subscribers_meant,
)
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.parties.models import Party


def is_part_of(actor: Actor, part: Audience | None, whole: Audience | None) -> bool:
    """Whether everybody in an audience is in another too, now (None: who works here).

    Four statements at most; none where they are the same. Raises UnknownAudience.
    """
    if (part.pk if part else None) == (whole.pk if whole else None):
        return True
    some = question_of(actor.company_id, part)
    meant = question_of(actor.company_id, whole)
    return not any(_others(found, meant).exists() for found in _all(some))


def within(found: QuerySet[Any], whole: Question) -> QuerySet[Any]:
    """Those of these parties or subscribers who answer to a question too."""
    return found.filter(_held(found, whole))


def _others(found: QuerySet[Any], whole: Question) -> QuerySet[Any]:
    return found.exclude(_held(found, whole))


def _held(found: QuerySet[Any], whole: Question) -> Q:
    parties = parties_meant(whole).order_by()
    if found.model is Party:
        return Q(pk__in=parties.values("pk"))
    on_lists = Q(pk__in=subscribers_meant(whole).order_by().values("pk"))
    return on_lists | Q(address__in=addresses_of(parties))


def _all(question: Question) -> list[QuerySet[Party] | QuerySet[Subscriber]]:
    found: list[QuerySet[Party] | QuerySet[Subscriber]] = [parties_meant(question)]
    if MAILING_LIST in question.included:
        found.append(subscribers_meant(question))
    return found
