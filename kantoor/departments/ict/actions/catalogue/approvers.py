"""Who must agree to what was asked, and whether somebody may: never who asked themselves."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone

from kantoor.departments.ict.actions.cases.desk import MANAGE
from kantoor.departments.ict.models import CatalogueItem, Service, ServiceRequest
from kantoor.departments.ict.models.catalogue.items import MANAGER, OWNER, ROLE
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.actors.models import Grant
from kantoor.kernel.parties.managers import managers_of
from kantoor.kernel.parties.models import Party, PartyUser


@dataclass(frozen=True, slots=True)
class Approver:
    """Who must agree: a person, or whoever has a role; with neither, who manages the desk."""

    user_id: int | None = None
    role: str = ""


def approvers(
    actor: Actor, items: Sequence[CatalogueItem], requesters: Sequence[Party]
) -> list[Approver]:
    """Who must agree to each request, in a fixed number of statements.

    Where the manager or owner is not known, or is who asks, it falls to who manages the desk.
    """
    pairs = list(zip(items, requesters, strict=True))
    asking = sorted({party.pk for item, party in pairs if item.approval == MANAGER})
    managers = managers_of(actor.company_id, asking, timezone.localdate()) if asking else {}
    parties = {party.pk for party in requesters} | set(managers.values())
    rows = PartyUser.objects.filter(party_id__in=parties).values_list("party_id", "user_id")
    users = dict(rows)
    owning = {item.service_id or 0 for item in items if item.approval == OWNER}
    owners = dict(Service.objects.filter(pk__in=owning).values_list("pk", "owner_id"))
    found = []
    for item, party in pairs:
        user = None
        if item.approval == MANAGER:
            user = users.get(managers.get(party.pk, 0))
        elif item.approval == OWNER:
            user = owners.get(item.service_id or 0)
        themselves = user in (actor.user_id, users.get(party.pk))
        role = item.role if item.approval == ROLE else ""
        found.append(Approver(None if themselves else user, role))
    return found


def may_decide(actor: Actor, requests: Sequence[ServiceRequest]) -> list[bool]:
    """Whether the actor may decide on each of these requests."""
    roles = roles_of(actor)
    parties = {each.case.requester_id or 0 for each in requests}
    mine = set(
        PartyUser.objects.filter(party_id__in=parties, user_id=actor.user_id or 0).values_list(
            "party_id", flat=True
        )
    )
    return [_may(actor, each, roles, mine) for each in requests]


def roles_of(actor: Actor) -> set[str]:
    """The codes of the roles that the actor has in their company."""
    rows = Grant.objects.filter(
        user_id=actor.user_id or 0, company_id=actor.company_id, ended_at=None
    )
    return set(rows.values_list("role__code", flat=True))


def _may(actor: Actor, request: ServiceRequest, roles: set[str], mine: set[int]) -> bool:
    if actor.user_id is None or actor.user_id == request.asked_by:
        return False
    if request.case.requester_id in mine:
        return False
    if request.approver_id is not None:
        return request.approver_id == actor.user_id
    if request.approver_role:
        return request.approver_role in roles
    return actor.may(MANAGE)
