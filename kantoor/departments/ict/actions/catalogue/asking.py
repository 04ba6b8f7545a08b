"""Ask for something from the catalogue: a case with its answers, tasks, and who must agree."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext_lazy as _

from kantoor.departments.ict.actions.cases.devices import linked
from kantoor.departments.ict.actions.cases.finding import cases_by_number
from kantoor.departments.ict.actions.cases.opening import HANDLE, opened
from kantoor.departments.ict.actions.cases.self_service import ASK
from kantoor.departments.ict.actions.cases.writing import Doing
from kantoor.departments.ict.actions.catalogue.answers import Answer, Asked, answered
from kantoor.departments.ict.actions.catalogue.approvers import Approver, approvers
from kantoor.departments.ict.actions.catalogue.arranging import items_by_code
from kantoor.departments.ict.drafts import CaseDraft
from kantoor.departments.ict.drafts_catalogue import RequestDraft
from kantoor.departments.ict.errors import UnknownPerson
from kantoor.departments.ict.events import ApprovalAsked
from kantoor.departments.ict.models import (
    Case,
    CaseTask,
    CatalogueField,
    CatalogueItem,
    RequestAnswer,
    ServiceRequest,
)
from kantoor.departments.ict.models.cases.case import APPROVAL, WAITING
from kantoor.departments.ict.models.catalogue.requests import ASKED, NONE
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actions.unit import publish
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import NotAllowed
from kantoor.kernel.parties.models import Party, PartyUser
from kantoor.kernel.queries import scoped

MOST = 2_000


@action(permission=ASK, title=_("Ask from the catalogue, many"), bulk_of="ict.request_item")
def request_items(actor: Actor, /, *, requests: Sequence[RequestDraft]) -> list[str]:
    """Ask for things from the catalogue, all or none; gives the numbers of the cases.

    Who handles cases may ask for somebody else. Where somebody has to agree, work waits for it.
    Raises UnknownItem, UnknownPerson, NotAllowed, or Refusals at the fields of the form.
    """
    if not requests:
        return []
    items = items_by_code(actor, [each.item for each in requests], offered=True)
    people = _requesters(actor, requests)
    answers = _answers(actor, requests, items, people)
    cases = _open(actor, requests, items, people)
    wanted = [items[each.item] for each in requests]
    found = approvers(actor, wanted, [people[each.requester] for each in requests])
    _keep(actor, cases, wanted, answers, found)
    linked(
        actor,
        [
            (str(case), answer.device)
            for case, given in zip(cases, answers, strict=True)
            for answer in given
            if answer.device
        ],
    )
    _wait(actor, cases, wanted)
    return [str(case) for case in cases]


@action(permission=ASK, title=_("Ask from the catalogue"))
def request_item(actor: Actor, /, *, request: RequestDraft) -> str:
    """Ask for one thing from the catalogue; gives the number of the case."""
    return request_items(actor, requests=[request])[0]


def _requesters(actor: Actor, requests: Sequence[RequestDraft]) -> dict[str, Party]:
    """Whom it is for, by what was said; nothing said is the actor."""
    codes = {each.requester for each in requests}
    found = {row.code: row for row in scoped(actor, Party).filter(code__in=codes, erased_at=None)}
    own = scoped(actor, PartyUser).filter(user_id=actor.user_id or 0).select_related("party")
    mine = own.first()
    if "" in codes and mine is None:
        message = _("It is not known yet which employee you are; ask an administrator.")
        raise UnknownPerson(message)
    if mine is not None:
        found |= {"": mine.party, mine.party.code: mine.party}
    for place, each in enumerate(requests, 1):
        if mine is None or each.requester not in ("", mine.party.code):
            if not actor.may(HANDLE):
                message = _("You can ask this for yourself alone; let the desk ask for others.")
                raise NotAllowed(message, field="requester", line=place)
            if each.requester not in found:
                said = _("There is no relation “{code}”.").format(code=each.requester[:40])
                raise UnknownPerson(said, field="requester", line=place)
    return found


def _answers(
    actor: Actor,
    requests: Sequence[RequestDraft],
    items: Mapping[str, CatalogueItem],
    people: Mapping[str, Party],
) -> list[list[Answer]]:
    fields: dict[int, list[CatalogueField]] = {}
    rows = CatalogueField.objects.filter(item__in=items.values()).order_by("item", "place")
    for row in rows:
        fields.setdefault(row.item_id, []).append(row)
    asked = [
        Asked(place, fields.get(items[each.item].pk, []), each.answers, people[each.requester].pk)
        for place, each in enumerate(requests, 1)
    ]
    return answered(actor, asked, any_device=actor.may(HANDLE))


def _open(
    actor: Actor,
    requests: Sequence[RequestDraft],
    items: Mapping[str, CatalogueItem],
    people: Mapping[str, Party],
) -> list[Case]:
    drafts = []
    for each in requests:
        item = items[each.item]
        drafts.append(
            CaseDraft(
                title=item.name,
                kind="request",
                requester=people[each.requester].code,
                service=item.service.code if item.service else "",
                queue=item.queue.code if item.queue else "",
                impact=item.impact,
                urgency=item.urgency,
                channel="page",
                by_machine=True,
            )
        )
    numbers = [each.number for each in opened(actor, drafts)]
    return cases_by_number(actor, numbers)


def _keep(
    actor: Actor,
    cases: Sequence[Case],
    items: Sequence[CatalogueItem],
    answers: Sequence[Sequence[Answer]],
    found: Sequence[Approver],
) -> None:
    """Write the requests with their answers and tasks."""
    requests = [
        ServiceRequest(
            company_id=actor.company_id, case=case, item=item, asked_by=actor.user_id,
            state=ASKED if item.approval else NONE, approval=item.approval,
            approver_id=who.user_id, approver_role=who.role,
        )
        for case, item, who in zip(cases, items, found, strict=True)
    ]  # fmt: skip
    ServiceRequest.objects.bulk_create(requests)
    RequestAnswer.objects.bulk_create(
        [
            RequestAnswer(
                subject_id=request.case.subject_id, request=request, place=place,
                key=each.field.key, label=each.field.label, value=each.value,
            )
            for request, given in zip(requests, answers, strict=True)
            for place, each in enumerate(given, 1)
        ]
    )  # fmt: skip
    CaseTask.objects.bulk_create(
        [
            CaseTask(case=case, place=place, text=text)
            for case, item in zip(cases, items, strict=True)
            for place, text in enumerate(item.tasks.split("\n"), 1)
            if text
        ]
    )
    for request in requests:
        if request.state == ASKED:
            publish(
                ApprovalAsked(
                    actor.company_id, request.case_id, str(request.case), request.approver_id,
                    request.approver_role,
                )
            )  # fmt: skip


def _wait(actor: Actor, cases: Sequence[Case], items: Sequence[CatalogueItem]) -> None:
    """Let those wait that somebody has to agree to first."""
    doing = Doing(actor, "requester")
    for case, item in zip(cases, items, strict=True):
        if item.approval:
            doing.move(case, WAITING, APPROVAL)
    doing.finish("state", "waiting_for")
