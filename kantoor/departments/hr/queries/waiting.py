"""What of HR waits for somebody: leave to decide on, claims to decide on and to check."""

from collections.abc import Sequence

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.departments.hr.models import ExpenseClaim, LeaveRequest
from kantoor.departments.hr.models.expenses.claim import SUBMITTED
from kantoor.departments.hr.models.leave.requests import ASKED, request_number
from kantoor.departments.hr.queries.expenses.checking import checked_from, unchecked
from kantoor.departments.hr.queries.leave.whose import OWN, decided_by
from kantoor.departments.hr.queries.people.own import find_own_party, people_of
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.inboxes import Ask, Item, count_of, end_of, inbox_source, once
from kantoor.kernel.queries import scoped
from kantoor.kernel.ui.formats import day


def _leave(actor: Actor) -> "QuerySet[LeaveRequest]":
    found = scoped(actor, LeaveRequest).filter(state=ASKED)
    whose, own = once(decided_by, actor), once(find_own_party, actor)
    if whose is not None:
        found = found.filter(party_id__in=whose)
    return found.exclude(party_id=own.pk) if own is not None else found


@inbox_source("hr.leave", title=_("Leave"), permission=OWN, count=count_of(_leave), order=40)
def leave_waiting(actor: Actor, ask: Ask) -> Sequence[Item]:
    """Requests for leave that wait for the actor, by their first day."""
    found = _leave(actor).select_related("party", "kind")
    return [
        Item(
            key=each.pk,
            title=each.party.name,
            detail=" – ".join(day(on) for on in sorted({each.first, each.last})),
            url=f"/hr/leave/{request_number(each.number)}",
            since=each.asked_at,
            due=end_of(each.first),
        )
        for each in ask.page_by_day(found, day="first")
    ]


def _people(actor: Actor) -> frozenset[int]:
    return people_of(actor, timezone.localdate())


def _to_decide(actor: Actor) -> "QuerySet[ExpenseClaim]":
    people = once(_people, actor)
    return scoped(actor, ExpenseClaim).filter(party__in=people, state=SUBMITTED)


@inbox_source("hr.claims", title=_("Claims to decide on"), permission=OWN, count=count_of(_to_decide), order=41)  # fmt: skip
def claims_waiting(actor: Actor, ask: Ask) -> Sequence[Item]:
    """Claims of one's people."""
    return _claims(ask.page(_to_decide(actor).select_related("party")))


def _to_check(actor: Actor) -> "QuerySet[ExpenseClaim]":
    return scoped(actor, ExpenseClaim).filter(unchecked(checked_from(actor.company_id)))


@inbox_source("hr.checks", title=_("Claims to check"), permission="hr.manage_expenses", count=count_of(_to_check), order=42)  # fmt: skip
def claims_to_check(actor: Actor, ask: Ask) -> Sequence[Item]:
    """Claims that were approved, and that HR checks before they are posted."""
    return _claims(ask.page(_to_check(actor).select_related("party")))


def _claims(claims: Sequence[ExpenseClaim]) -> list[Item]:
    return [
        Item(
            key=each.pk,
            title=each.title or each.number,
            detail=f"{each.party.name} · {each.number}",
            url=f"/hr/claims/{each.number}",
            since=each.submitted_at,
        )
        for each in claims
    ]
