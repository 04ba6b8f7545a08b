"""Employees as parties: who works here, before any department says more of them.

ICT hands them devices and answers them, HR keeps their contracts; both mean the same party.
"""

import re
from collections.abc import Mapping, Sequence

import msgspec
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kantoor.kernel.actions.runner import action
from kantoor.kernel.actions.unit import concerns
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.actors.models import Company
from kantoor.kernel.addresses import with_one_domain
from kantoor.kernel.errors import Conflict, InvalidInput, NotFound
from kantoor.kernel.paging import PAGE, Page, page_by, sorted_by
from kantoor.kernel.parties.actions import link_users
from kantoor.kernel.parties.models import Party, PartyUser
from kantoor.kernel.parties.rows import NewPerson, write_parties, write_roles
from kantoor.kernel.queries import query, scoped
from kantoor.kernel.store.lookup import rows_by_key

MANAGE = "kernel.manage_employees"
READ = "kernel.read_parties"
EMPLOYEE = "employee"
_KNOWN = "SELECT code, id FROM kernel_party WHERE company_id = %s AND code IN ({})"
CHANGEABLE = ("name", "email", "phone", "language")
_OURS = re.compile(r"E[0-9]{1,9}", re.ASCII)


class EmployeeDraft(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who works here; `code` is their number, given unless said.

    `sign_in` is the name they sign in with, where they have an account.
    """

    name: str
    code: str = ""
    email: str = ""
    phone: str = ""
    language: str = ""
    sign_in: str = ""


class EmployeeChange(msgspec.Struct, frozen=True, kw_only=True):
    """What to change of the employee with this code; what is not said stays as it is."""

    code: str
    name: str | None = None
    email: str | None = None
    phone: str | None = None
    language: str | None = None
    sign_in: str | None = None


class EmployeeRow(msgspec.Struct, frozen=True):
    """An employee as listed; `sign_in` is empty without an account."""

    id: int
    code: str
    name: str
    email: str
    phone: str
    sign_in: str


@action(permission=MANAGE, title=_("Add employees"), bulk_of="kernel.add_employee")
def add_employees(actor: Actor, /, *, employees: Sequence[EmployeeDraft]) -> list[str]:
    """Add employees, all or none; gives their codes.

    Raises Conflict where there is a relation of that code, NotFound for an account that isn't.
    """
    unnumbered = sum([not each.code for each in employees])
    number = _next_number(actor) if unnumbered else 0
    people = []
    for place, each in enumerate(employees, 1):
        if not each.name.strip():
            raise InvalidInput(_("Give the name."), field="name", line=place)
        code = each.code.strip() or f"E{number:04}"
        number += not each.code.strip()
        people.append(
            NewPerson(
                code=code, name=each.name.strip(), email=each.email.strip().lower(),
                phone=each.phone.strip(), language=each.language,
            )
        )  # fmt: skip
    _refuse_known(actor, [each.code for each in people])
    keys = write_parties(actor.company_id, people)
    write_roles(EMPLOYEE, list(keys.values()))
    signing_in = {
        each.sign_in: person.code
        for each, person in zip(employees, people, strict=True)
        if each.sign_in
    }
    if signing_in:
        link_users(actor, parties=signing_in)
    if len(keys) == 1:
        concerns(f"kernel.party/{next(iter(keys.values()))}")
    return [each.code for each in people]


@action(permission=MANAGE, title=_("Add an employee"))
def add_employee(actor: Actor, /, *, employee: EmployeeDraft) -> str:
    """Add one employee; gives the code."""
    return add_employees(actor, employees=[employee])[0]


@action(permission=MANAGE, title=_("Change employees"), bulk_of="kernel.change_employee")
def change_employees(actor: Actor, /, *, changes: Sequence[EmployeeChange]) -> None:
    """Change employees, all or none. Raises NotFound with the place of the change."""
    wanted = {each.code for each in changes}
    rows = scoped(actor, Party).select_for_update().filter(code__in=wanted, roles__role=EMPLOYEE)
    found = {row.code: row for row in rows.order_by("pk")}
    signing_in: dict[str, str] = {}
    for place, each in enumerate(changes, 1):
        party = found.get(each.code)
        if party is None or party.erased_at:
            message = _("There is no employee “{code}”.").format(code=each.code[:40])
            raise NotFound(message, field="code", line=place)
        for name in CHANGEABLE:
            if (value := getattr(each, name)) is not None:
                plain = with_one_domain(value) if name == "email" else value.strip()
                setattr(party, name, plain)
        if not party.name:
            raise InvalidInput(_("Give the name."), field="name", line=place)
        if each.sign_in:
            signing_in[each.sign_in] = each.code
    Party.objects.bulk_update(found.values(), CHANGEABLE)
    if signing_in:
        link_users(actor, parties=signing_in)
    if len(found) == 1:
        concerns(f"kernel.party/{next(iter(found.values())).pk}")


@action(permission=MANAGE, title=_("Change an employee"))
def change_employee(actor: Actor, /, *, change: EmployeeChange) -> None:
    """Change one employee."""
    change_employees(actor, changes=[change])


@query(permission=READ, title=_("Employees"), exposed=True)
def employees(
    actor: Actor,
    /,
    *,
    search: str = "",
    sort: str = "name",
    cursor: str = "",
    limit: int = PAGE,
) -> Page[EmployeeRow]:
    """Who works here, by name; `search` is a part of the name, or the code, address or number."""
    found = scoped(actor, Party).filter(roles__role=EMPLOYEE, erased_at=None)
    if search:
        words = Q(name__icontains=search) | Q(code__iexact=search)
        found = found.filter(words | Q(email__istartswith=search) | Q(phone__contains=search))
    keys = {"name": ("name",), "code": ("code",)}
    page = page_by(found, order=sorted_by(sort, keys), cursor=cursor, limit=limit, totals={})
    accounts = _accounts([row.pk for row in page.rows])
    return page.map(
        lambda row: EmployeeRow(
            row.pk, row.code, row.name, row.email, row.phone, accounts.get(row.pk, "")
        )
    )


def _accounts(parties: Sequence[int]) -> Mapping[int, str]:
    """The names that these sign in with, by the key of the party."""
    rows = PartyUser.objects.filter(party_id__in=parties)
    return dict(rows.values_list("party_id", "user__sign_in"))


def _next_number(actor: Actor) -> int:
    """The number after the highest of those we gave, or that look so; held until the commit.

    Numbers given by hand stand among them, so no counter of its own could be proved by the rows.
    """
    Company.objects.select_for_update().get(pk=actor.company_id)
    codes = scoped(actor, Party).filter(code__startswith="E").values_list("code", flat=True)
    numbers = [int(code[1:]) for code in codes if _OURS.fullmatch(code)]
    return max(numbers, default=0) + 1


def _refuse_known(actor: Actor, codes: Sequence[str]) -> None:
    known = set(rows_by_key(_KNOWN, [actor.company_id], codes))
    for place, code in enumerate(codes, 1):
        if code in known:
            message = _("There is a relation “{code}” already.").format(code=code[:40])
            raise Conflict(message, field="code", line=place)
        known.add(code)
