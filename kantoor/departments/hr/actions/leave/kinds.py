"""Kinds of leave and the rules by which it is earned; the usual ones of a country at once."""

import re
from collections.abc import Sequence
from decimal import Decimal

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kantoor.departments.hr.actions.leave.finding import kinds_by_code
from kantoor.departments.hr.drafts_leave import LeaveKindDraft, LeaveRuleDraft
from kantoor.departments.hr.errors_leave import UnknownLeave
from kantoor.departments.hr.models import LeaveKind, LeaveRule
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import Conflict, InvalidInput
from kantoor.kernel.queries import scoped

MANAGE = "hr.manage_leave"
_CODE = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
MOST_WEEKS = 52


@action(permission=MANAGE, title=_("Add kinds of leave"), bulk_of="hr.add_leave_kind")
def add_leave_kinds(actor: Actor, /, *, kinds: Sequence[LeaveKindDraft]) -> list[str]:
    """Add kinds of leave, all or none; gives their codes. Raises Conflict, InvalidInput."""
    known = set(scoped(actor, LeaveKind).values_list("code", flat=True))
    rows = []
    for place, each in enumerate(kinds, 1):
        code = _checked(each.code, each.name, known, place)
        if not 0 <= each.below_hours <= 1000:
            raise InvalidInput(_("Give hours from 0 to 1000."), field="below_hours", line=place)
        rows.append(
            LeaveKind(
                company_id=actor.company_id, code=code, name=each.name.strip(),
                counted=each.counted, paid=each.paid, below_minutes=each.below_hours * 60,
            )
        )  # fmt: skip
    LeaveKind.objects.bulk_create(rows)
    return [row.code for row in rows]


@action(permission=MANAGE, title=_("Add a kind of leave"))
def add_leave_kind(actor: Actor, /, *, kind: LeaveKindDraft) -> str:
    """Add one kind of leave; gives its code."""
    return add_leave_kinds(actor, kinds=[kind])[0]


@action(permission=MANAGE, title=_("Add rules of leave"), bulk_of="hr.add_leave_rule")
def add_leave_rules(actor: Actor, /, *, rules: Sequence[LeaveRuleDraft]) -> list[str]:
    """Add rules by which leave is earned, all or none; gives their codes.

    Raises UnknownLeave, Conflict or InvalidInput.
    """
    kinds = kinds_by_code(actor, [each.kind for each in rules])
    known = set(scoped(actor, LeaveRule).values_list("code", flat=True))
    rows = []
    for place, each in enumerate(rules, 1):
        code = _checked(each.code, each.name, known, place)
        if not kinds[each.kind].counted:
            said = _("Leave of this kind is not counted, so that nothing is earned of it.")
            raise InvalidInput(said, field="kind", line=place)
        if not 0 < each.weeks <= MOST_WEEKS or each.weeks != round(each.weeks, 6):
            message = _("Give weeks above 0 and up to 52, with at most six decimals.")
            raise InvalidInput(message, field="weeks", line=place)
        if not 0 <= each.months <= 120:
            raise InvalidInput(_("Give months from 0 to 120."), field="months", line=place)
        rows.append(
            LeaveRule(
                company_id=actor.company_id, kind=kinds[each.kind], code=code,
                name=each.name.strip(), weeks=each.weeks,  # type: ignore[misc]  # stubs know no Decimal
                statutory=each.statutory,
                months=each.months, must_warn=each.must_warn, year_before=each.year_before,
            )
        )  # fmt: skip
    LeaveRule.objects.bulk_create(rows)
    return [row.code for row in rows]


@action(permission=MANAGE, title=_("Add a rule of leave"))
def add_leave_rule(actor: Actor, /, *, rule: LeaveRuleDraft) -> str:
    """Add one rule; gives its code."""
    return add_leave_rules(actor, rules=[rule])[0]


@action(permission=MANAGE, title=_("End a rule of leave"))
def end_leave_rule(actor: Actor, /, *, rule: str) -> None:
    """Grant nothing by a rule any more; what it granted stays. Raises UnknownLeave."""
    found = scoped(actor, LeaveRule).select_for_update().filter(code=rule).first()
    if found is None:
        message = _("There is no rule of leave “{code}”.").format(code=rule[:40])
        raise UnknownLeave(message, field="rule")
    found.active = False
    found.save()


@action(permission=MANAGE, title=_("Set up leave"))
def set_up_leave(actor: Actor, /, *, country: str = "", extra_weeks: Decimal = Decimal(1)) -> None:
    """Add the usual kinds of leave, and the rules of a country: NL or BE, the company's unless said.

    NL: four weeks by law, that lapse on 1 July of the year after where people were warned
    (BW 7:634, 7:640a), and `extra_weeks` that stay five years (BW 7:642). BE: four weeks by what
    was worked the year before, until the end of the year. What is there already stays as it is.
    """
    chosen = country or actor.country
    if chosen not in ("NL", "BE"):
        raise InvalidInput(_("Choose NL or BE, or add rules of your own."), field="country")
    known = set(scoped(actor, LeaveKind).values_list("code", flat=True))
    usual = [
        LeaveKindDraft(code="holiday", name=gettext("Holiday"), counted=True),
        LeaveKindDraft(code="special", name=gettext("Special leave")),
        LeaveKindDraft(code="unpaid", name=gettext("Unpaid leave"), paid=False),
    ]
    add_leave_kinds(actor, kinds=[each for each in usual if each.code not in known])
    rules = _dutch(extra_weeks) if chosen == "NL" else _belgian()
    has = set(scoped(actor, LeaveRule).values_list("code", flat=True))
    add_leave_rules(actor, rules=[each for each in rules if each.code not in has])


def _dutch(extra_weeks: Decimal) -> list[LeaveRuleDraft]:
    rules = [
        LeaveRuleDraft(
            code="nl-statutory", name=gettext("Statutory"), weeks=Decimal(4), months=6,
            statutory=True, must_warn=True,
        )
    ]  # fmt: skip
    if extra_weeks:
        rules.append(LeaveRuleDraft(code="nl-extra", name=gettext("Extra"), weeks=extra_weeks))
    return rules


def _belgian() -> list[LeaveRuleDraft]:
    return [
        LeaveRuleDraft(
            code="be-statutory", name=gettext("Statutory"), weeks=Decimal(4), months=0,
            statutory=True, year_before=True,
        )
    ]  # fmt: skip


def _checked(code: str, name: str, known: set[str], place: int) -> str:
    code = code.strip().lower()
    if not _CODE.fullmatch(code):
        raise InvalidInput(
            _("Give a code of small letters, digits and hyphens."), field="code", line=place
        )
    if not name.strip() or len(name) > 100:
        raise InvalidInput(_("Give a name of at most 100 characters."), field="name", line=place)
    if code in known:
        message = _("There is “{code}” already.").format(code=code)
        raise Conflict(message, field="code", line=place)
    known.add(code)
    return code
