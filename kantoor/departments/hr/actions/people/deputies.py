"""Name deputies: who acts for a manager while they are away."""

from collections.abc import Sequence
from datetime import date, timedelta

import msgspec
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.departments.hr.actions.people.findings import Findings
from kantoor.departments.hr.actions.people.hiring import MANAGE
from kantoor.departments.hr.actions.people.naming import known_codes
from kantoor.departments.hr.models import Deputy
from kantoor.departments.hr.queries.people.own import own_party
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actions.unit import concerns
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import InvalidInput, NotFound

LONGEST = timedelta(days=366)


class DeputyDraft(msgspec.Struct, frozen=True, kw_only=True):
    """Who acts for a manager (codes of employees), from a day to a day inclusive."""

    manager: str
    deputy: str
    starts_on: date
    ends_on: date


@action(permission=MANAGE, title=_("Name deputies"), bulk_of="hr.name_deputy")
def name_deputies(actor: Actor, /, *, deputies: Sequence[DeputyDraft]) -> None:
    """Let people act for managers while these are away, all or none.

    Said again it changes nothing. Raises Refusals with a message for each row and field.
    """
    _name(actor, deputies)


@action(permission=MANAGE, title=_("Name a deputy"))
def name_deputy(actor: Actor, /, *, deputy: DeputyDraft) -> None:
    """Let somebody act for a manager while they are away."""
    name_deputies(actor, deputies=[deputy])


@action(permission="hr.use_own", title=_("Name my deputy"))
def name_own_deputy(actor: Actor, /, *, deputy: str, starts_on: date, ends_on: date) -> None:
    """Let a colleague (their number) decide for one's people while one is away."""
    own = own_party(actor)
    draft = DeputyDraft(manager=own.code, deputy=deputy, starts_on=starts_on, ends_on=ends_on)
    _name(actor, [draft])


@action(permission="hr.use_own", title=_("Withdraw a deputy"))
def withdraw_own_deputy(actor: Actor, /, *, deputy: str) -> None:
    """Take back that a colleague acts for oneself, now and later. Raises NotFound."""
    own = own_party(actor)
    rows = Deputy.objects.filter(manager=own, deputy__code=deputy.strip(), withdrawn_at=None)
    if not rows.filter(ends_on__gte=timezone.localdate()).update(withdrawn_at=timezone.now()):
        message = _("“{code}” is not your deputy.").format(code=deputy[:40])
        raise NotFound(message, field="deputy")
    concerns(f"kernel.party/{own.pk}")


def _name(actor: Actor, deputies: Sequence[DeputyDraft]) -> None:
    found = Findings()
    known = known_codes(actor, [code for d in deputies for code in (d.manager, d.deputy)])
    wanted: dict[tuple[int, int, date], date] = {}
    for line, each in enumerate(deputies, 1):
        manager = known.employee(each.manager, found, line, "manager")
        deputy = known.employee(each.deputy, found, line, "deputy")
        if manager is not None and manager == deputy:
            message = _("Nobody is their own deputy.")
            found.add(InvalidInput(message, field="deputy", line=line))
        if not each.starts_on <= each.ends_on <= each.starts_on + LONGEST:
            message = _("The last day lies before the first, or more than a year after it.")
            found.add(InvalidInput(message, field="ends_on", line=line))
        if manager is not None and deputy is not None:
            wanted[manager, deputy, each.starts_on] = each.ends_on
    found.refuse()
    _write(actor, wanted)
    if len({manager for manager, _deputy, _start in wanted}) == 1:
        concerns(f"kernel.party/{next(iter(wanted))[0]}")


def _write(actor: Actor, wanted: dict[tuple[int, int, date], date]) -> None:
    managers = {manager for manager, _deputy, _start in wanted}
    rows = Deputy.objects.select_for_update().filter(manager_id__in=managers, withdrawn_at=None)
    there = {(row.manager_id, row.deputy_id, row.starts_on): row for row in rows}
    moved = []
    for key in wanted.keys() & there.keys():
        if there[key].ends_on != wanted[key]:
            there[key].ends_on = wanted[key]
            moved.append(there[key])
    if moved:
        Deputy.objects.bulk_update(moved, ["ends_on"])
    Deputy.objects.bulk_create(
        [
            Deputy(
                company_id=actor.company_id, manager_id=manager, deputy_id=deputy,
                starts_on=start, ends_on=end,
            )
            for (manager, deputy, start), end in wanted.items()
            if (manager, deputy, start) not in there
        ]
    )  # fmt: skip
