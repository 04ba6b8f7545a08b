"""What departments offer: the kinds of request that one may ask, and all of them for who arranges them."""

from collections.abc import Sequence

import msgspec
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.actors.models import Grant, Role
from kantoor.kernel.errors import NotFound
from kantoor.kernel.queries import query, scoped
from kantoor.procedures.department import MANAGE, TAKE_PART
from kantoor.procedures.diagrams.elements import FormField
from kantoor.procedures.engine.plain_xml import starts_of
from kantoor.procedures.models import Procedure, RequestKind, Team
from kantoor.procedures.queries.drawings import diagrams_of
from kantoor.procedures.queries.tasks import names_of_keys
from kantoor.procedures.queries.words import said


class Offered(msgspec.Struct, frozen=True, kw_only=True):
    """Something that one may ask: what it is, who does it, and within which time.

    `within` is an ISO 8601 duration by `clock`, empty where none is agreed; `approver` names who
    agrees first. A `procedure` is started instead.
    """

    code: str
    name: str
    text: str
    who: str
    within: str
    clock: str
    approver: str
    procedure: str
    fields: list[FormField]


class KindRow(msgspec.Struct, frozen=True, kw_only=True):
    """A kind of request as who arranges them sees it, with what its form holds."""

    code: str
    name: str
    name_nl: str
    text: str
    text_nl: str
    role: str
    team: str
    who: str
    within: str
    clock: str
    approver: str
    procedure: str
    retired: bool
    fields: list[FormField]


def fields_of(kind: RequestKind) -> list[FormField]:
    """What a kind of request asks."""
    return msgspec.json.decode(kind.fields, type=list[FormField])


@query(permission=TAKE_PART, title=_("What one may ask departments for"), exposed=True)
def offered_requests(actor: Actor, /, *, search: str = "") -> list[Offered]:
    """The kinds of request that one may ask, by name."""
    found = scoped(actor, RequestKind).filter(retired_at=None)
    if search:
        words = Q(name__icontains=search) | Q(name_nl__icontains=search)
        found = found.filter(words | Q(text__icontains=search) | Q(text_nl__icontains=search))
    kinds = list(found)
    starts = _startable(actor, [each.procedure for each in kinds if each.procedure])
    names = names_of_keys(actor, _keys(kinds))
    rows = [
        Offered(
            code=each.code,
            name=said(actor, each.name, each.name_nl),
            text=said(actor, each.text, each.text_nl),
            who=names.get(each.whose, ""),
            within=each.within,
            clock=each.clock,
            approver=names.get(each.approver, ""),
            procedure=each.procedure,
            fields=starts[each.procedure] if each.procedure else fields_of(each),
        )
        for each in kinds
        if not each.procedure or each.procedure in starts
    ]
    return sorted(rows, key=lambda row: row.name.casefold())


@query(permission=TAKE_PART, title=_("What is asked with a request"), exposed=True)
def offered_request(actor: Actor, /, *, kind: str) -> Offered:
    """One kind of request with what it asks. Raises NotFound."""
    found = next((each for each in offered_requests(actor) if each.code == kind), None)
    if found is None:
        message = _("There is no kind of request “{code}”.").format(code=kind[:40])
        raise NotFound(message, field="kind")
    return found


@query(permission=MANAGE, title=_("Kinds of request"), exposed=True)
def request_kinds(actor: Actor, /, *, code: str = "", retired: bool = False) -> list[KindRow]:
    """What is offered, or no more; by code. One with `code`."""
    found = scoped(actor, RequestKind).filter(retired_at__isnull=not retired)
    if code:
        found = scoped(actor, RequestKind).filter(code=code)
    kinds = list(found.order_by("code"))
    names, codes = names_of_keys(actor, _keys(kinds)), codes_of_keys(actor)
    return [
        KindRow(
            code=each.code, name=each.name, name_nl=each.name_nl,
            text=each.text, text_nl=each.text_nl,
            role=codes.get(each.whose, "") if each.whose.startswith("role/") else "",
            team=codes.get(each.whose, "") if each.whose.startswith("team/") else "",
            who=names.get(each.whose, ""), within=each.within, clock=each.clock,
            approver=codes.get(each.approver, ""), procedure=each.procedure,
            retired=each.retired_at is not None, fields=fields_of(each),
        )
        for each in kinds
    ]  # fmt: skip


def codes_of_keys(actor: Actor) -> dict[str, str]:
    """The codes of roles and teams by the keys of their inboxes."""
    roles = {f"role/{pk}": code for pk, code in Role.objects.values_list("pk", "code")}
    teams = scoped(actor, Team).values_list("pk", "code")
    return roles | {f"team/{pk}": code for pk, code in teams}


def _keys(kinds: list[RequestKind]) -> set[str]:
    return {key for each in kinds for key in (each.whose, each.approver) if key}


def _startable(actor: Actor, keys: list[str]) -> dict[str, list[FormField]]:
    """Of these procedures those that the actor may start by hand, with what each asks."""
    if not keys:
        return {}
    known = scoped(actor, Procedure).filter(
        key__in=keys, retired_at=None, published__isnull=False
    )  # fmt: skip
    found = {each.key: each for each in known}
    granted = Grant.objects.filter(user=actor.user_id, company=actor.company_id, ended_at=None)
    roles = set(granted.values_list("role__code", flat=True))
    diagrams = diagrams_of([each.published_id for each in found.values() if each.published_id])
    answer = {}
    for key, each in found.items():
        if each.start_role and not actor.may(MANAGE) and each.start_role not in roles:
            continue
        by_hand = [e for e in starts_of(diagrams[each.published_id or 0]) if not e.trigger]
        if by_hand:
            answer[key] = list(by_hand[0].fields)
    return answer


@query(permission=TAKE_PART, title=_("Names of kinds of request"))
def request_kind_codes(actor: Actor, /, *, keys: Sequence[int]) -> dict[int, tuple[str, str]]:
    """Codes and names of these kinds of request, by their keys."""
    found = scoped(actor, RequestKind).filter(pk__in=keys)
    return {each.pk: (each.code, said(actor, each.name, each.name_nl)) for each in found}
