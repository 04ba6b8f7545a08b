"""The roles that a new installation begins with; departments say what each may do in theirs.

In a department's `department.py`:

    permit("bookkeeper", "finance.post_entry", "finance.read_*")
    permit("sales_desk", "sales.*")

Permissions whose name begins with `read_` only show; the auditor has all of these.
"""

from collections import defaultdict
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from kantoor.kernel.actions.runner import action
from kantoor.kernel.actors.actor import EVERYONE, Actor
from kantoor.kernel.actors.companies import MANAGE_INSTALLATION
from kantoor.kernel.actors.models import Role
from kantoor.kernel.actors.roles import Permitted, add_role


@dataclass(frozen=True, slots=True)
class StandardRole:
    """A role by its code, with its name in both languages."""

    code: str
    name_en: str
    name_nl: str


ROLES = (
    StandardRole("administrator", "Administrator", "Beheerder"),
    StandardRole("director", "Director", "Directie"),
    StandardRole("bookkeeper", "Bookkeeper", "Boekhouder"),
    StandardRole("controller", "Controller", "Controller"),
    StandardRole("sales_desk", "Sales desk", "Verkoopbalie"),
    StandardRole("help_desk", "Help desk", "Helpdesk"),
    StandardRole("ict_manager", "ICT manager", "ICT-beheerder"),
    StandardRole("hr_officer", "HR officer", "HR-medewerker"),
    StandardRole("payroll_officer", "Payroll officer", "Salarisadministrateur"),
    StandardRole("communication_officer", "Communication officer", "Communicatiemedewerker"),
    StandardRole("auditor", "Auditor", "Accountant"),
    StandardRole("employee", "Employee", "Medewerker"),
)
_permitted: dict[str, set[str]] = defaultdict(set)


def permit(role: str, *permissions: str) -> None:
    """Let a standard role have these permissions, where it is made anew."""
    assert any(role == each.code for each in ROLES), role
    _permitted[role].update(permissions)


def standard_permissions(role: str) -> tuple[str, ...]:
    """What a standard role may do, as the departments of this installation say."""
    return tuple(sorted(_permitted[role]))


@action(permission=MANAGE_INSTALLATION, title=_("Add the standard roles"), hidden=True)
def add_standard_roles(actor: Actor, /) -> None:
    """Add those standard roles that are not there yet; the others stay as they are."""
    known = set(Role.objects.values_list("code", flat=True))
    for role in ROLES:
        if role.code not in known:
            add_role(
                actor,
                code=role.code,
                name_en=role.name_en,
                name_nl=role.name_nl,
                permissions=[Permitted(each) for each in standard_permissions(role.code)],
            )


permit("administrator", "kernel.*")
permit("bookkeeper", "kernel.read_*", "kernel.take_in")
permit("controller", "kernel.read_*", "kernel.take_in")
permit("sales_desk", "kernel.read_parties", "kernel.take_in")
permit("auditor", "*.read_*", "kernel.verify")
permit("employee", EVERYONE)
