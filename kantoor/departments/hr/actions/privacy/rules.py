"""Rules of retention and legal holds: set, changed and ended."""

from collections.abc import Sequence

import msgspec
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.departments.hr.errors_privacy import UnknownRule
from kantoor.departments.hr.models import LegalHold, RetentionRule
from kantoor.departments.hr.queries.privacy.tables import days_of, tables_to_keep
from kantoor.departments.hr.reference.retention import periods_of
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.actors.models import Company
from kantoor.kernel.errors import InvalidInput, NotFound
from kantoor.kernel.parties.models import Party
from kantoor.kernel.queries import scoped

MANAGE = "hr.manage_privacy"
MOST_MONTHS = 12 * 100


class RuleDraft(msgspec.Struct, frozen=True, kw_only=True):
    """Rows of `table` may go so many months after the day in `field`; `ground` says why so long."""

    table: str
    field: str
    months: int
    ground: str
    active: bool = True


@action(permission=MANAGE, title=_("Set how long data is kept"), bulk_of="hr.set_retention_rule")
def set_retention_rules(actor: Actor, /, *, rules: Sequence[RuleDraft]) -> None:
    """Say how long rows of tables are kept, one rule for each table; the rule of before ends.

    Raises InvalidInput for a table without personal data, or a field that holds no day.
    """
    tables = tables_to_keep()
    rows = scoped(actor, RetentionRule).select_for_update().order_by("pk")
    known = {row.table: row for row in rows}
    fresh = []
    for place, each in enumerate(rules, 1):
        model = tables.get(each.table)
        if model is None:
            message = _("“{table}” is no table of data of people.").format(table=each.table[:63])
            raise InvalidInput(message, field="table", line=place)
        if each.field not in days_of(model):
            days = _("Count from one of: {days}.").format(days=", ".join(days_of(model)))
            raise InvalidInput(days, field="field", line=place)
        if not 0 < each.months <= MOST_MONTHS:
            months = _("Give 1 to {most} months.").format(most=MOST_MONTHS)
            raise InvalidInput(months, field="months", line=place)
        if not 0 < len(each.ground.strip()) <= 200:
            raise InvalidInput(_("Name the law or reason."), field="ground", line=place)
        row = known.get(each.table)
        if row is None:
            row = known[each.table] = RetentionRule(company_id=actor.company_id, table=each.table)
            fresh.append(row)
        row.field, row.months = each.field, each.months
        row.ground, row.active = each.ground.strip(), each.active
    RetentionRule.objects.bulk_create(fresh)
    changed = [known[each.table] for each in rules if known[each.table] not in fresh]
    RetentionRule.objects.bulk_update(changed, ["field", "months", "ground", "active"])


@action(permission=MANAGE, title=_("Set how long data of a table is kept"))
def set_retention_rule(actor: Actor, /, *, rule: RuleDraft) -> None:
    """Say how long rows of one table are kept."""
    set_retention_rules(actor, rules=[rule])


@action(permission=MANAGE, title=_("Take over the usual periods"))
def take_over_periods(actor: Actor, /) -> int:
    """Set the periods usual in the company's country for tables without a rule; gives how many.

    They stand, each with its ground, in `reference/retention.toml`. Done again it changes nothing.
    """
    known = set(scoped(actor, RetentionRule).values_list("table", flat=True))
    country = Company.objects.values_list("country", flat=True).get(pk=actor.company_id)
    fresh = [
        RuleDraft(table=each.table, field=each.field, months=each.months, ground=each.ground)
        for each in periods_of(country, timezone.localdate())
        if each.table not in known
    ]
    if fresh:
        set_retention_rules(actor, rules=fresh)
    return len(fresh)


@action(permission=MANAGE, title=_("Set a legal hold"))
def set_legal_hold(actor: Actor, /, *, why: str, party: str = "") -> int:
    """Keep the data of a person whatever its period, or of everybody where none is named.

    `why` names no person: a case or a number. Raises NotFound, InvalidInput.
    """
    if not 0 < len(why.strip()) <= 200:
        raise InvalidInput(_("Say why, in at most 200 characters."), field="why")
    held = None
    if party:
        held = scoped(actor, Party).filter(code=party).values_list("pk", flat=True).first()
        if held is None:
            message = _("There is no relation “{code}”.").format(code=party[:40])
            raise NotFound(message, field="party")
    return LegalHold.objects.create(
        company_id=actor.company_id,
        party_id=held,
        why=why.strip(),
        since=timezone.now(),
        set_by_id=actor.user_id,
    ).pk


@action(permission=MANAGE, title=_("End legal holds"))
def end_legal_holds(actor: Actor, /, *, holds: Sequence[int]) -> None:
    """End holds; what they kept may go from then on. Raises UnknownRule."""
    rows = scoped(actor, LegalHold).select_for_update().filter(pk__in=holds, ended_at=None)
    found = {row.pk: row for row in rows.order_by("pk")}
    for place, key in enumerate(holds, 1):
        if key not in found:
            message = _("There is no such hold, or it has ended.")
            raise UnknownRule(message, field="holds", line=place)
        found[key].ended_at = timezone.now()
    LegalHold.objects.bulk_update(found.values(), ["ended_at"])
