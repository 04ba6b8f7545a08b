"""Book what cases cost from ICT to the departments that asked, by month; and take it back."""

from collections.abc import Mapping
from datetime import date

from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.public import (
    EntryDraft,
    LineDraft,
    cost_accounts,
    dimension_values,
    post_entry,
)
from kantoor.departments.ict.drafts_work import ChargesPosted
from kantoor.departments.ict.errors import NotSetUp, NoWorkRate
from kantoor.departments.ict.models import Charge, ChargeSettings
from kantoor.departments.ict.queries.cases.charging import (
    COST_CENTRE,
    booked_charges,
    charge_settings,
    costs_by_centre,
)
from kantoor.departments.ict.queries.cases.work import FIRST, LAST, last_day
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import InvalidInput
from kantoor.kernel.store.turns import take_turn

BOOK = "ict.book_costs"
Amounts = dict[tuple[int, str], tuple[int, int]]
"""Minutes and minor units by the key of the settings and the cost centre."""


@action(permission=BOOK, title=_("Set where cases are booked"))
def set_charge_settings(actor: Actor, /, *, cost: str, covered: str, cost_centre: str) -> None:
    """Set the account debited to who asked, the one credited to ICT, and ICT's cost centre.

    Both may be one account: then cost moves from one cost centre to others. What was booked by
    earlier settings goes back as it came when its month is booked again. Raises InvalidInput for
    accounts that costs can't be booked on, or a cost centre that is not in use.
    """
    known = cost_accounts(actor.company_id, {cost, covered})
    for field, code in (("cost", cost), ("covered", covered)):
        if code not in known:
            message = _("There is no account “{code}” that costs can be booked on.")
            raise InvalidInput(message.format(code=code[:20]), field=field)
    if cost_centre not in dimension_values(actor.company_id, COST_CENTRE):
        message = _("There is no cost centre “{code}” in use.")
        raise InvalidInput(message.format(code=cost_centre[:40]), field="cost_centre")
    ChargeSettings.objects.create(
        company_id=actor.company_id, cost=cost, covered=covered, cost_centre=cost_centre
    )


@action(permission=BOOK, title=_("Book the cost of cases"))
def post_case_charges(actor: Actor, /, *, month: date) -> ChargesPosted:
    """Book what the work of a month cost from ICT to the cost centres of who asked.

    Any day of the month says which. What was booked before is left out: again books only what
    changed since, and nothing where nothing did. In a closed month it is booked on the first open
    day after it. Raises NotSetUp, NoWorkRate, InvalidInput, and what finance refuses.
    """
    first = _begun(actor, month)
    settings = charge_settings(actor.company_id)
    if settings is None:
        message = _("Say first on which accounts the cost of cases is booked.")
        raise NotSetUp(message, field="month")
    wanted: Amounts = {}
    for centre, cost in costs_by_centre(actor, first).items():
        if centre in ("", settings.cost_centre):
            continue
        if cost.unrated:
            lacking = _("Of {centre} {minutes} minutes have no rate; say first what they cost.")
            raise NoWorkRate(lacking.format(centre=centre, minutes=cost.unrated), field="month")
        wanted[settings.pk, centre] = (cost.minutes, cost.amount)
    return _book(actor, first, wanted, _("Cases {month}"))


@action(permission=BOOK, title=_("Take the booked cost of cases back"))
def take_back_case_charges(actor: Actor, /, *, month: date) -> ChargesPosted:
    """Book the opposite of all that a month has booked; it can be booked anew after that.

    Nothing where nothing is booked. Raises InvalidInput, and what finance refuses.
    """
    return _book(actor, _begun(actor, month), {}, _("Cases {month}, taken back"))


def _begun(actor: Actor, month: date) -> date:
    """The first day of the month, which nobody else books at the same time."""
    if not FIRST <= month <= LAST:
        raise InvalidInput(_("Give a day of this century."), field="month")
    take_turn(f"ict.charges/{actor.company_id}")
    return month.replace(day=1)


def _book(actor: Actor, first: date, wanted: Amounts, text: object) -> ChargesPosted:
    """Bring what the month has booked to what is wanted, by one entry."""
    booked = booked_charges(actor.company_id, first)
    due: Amounts = {}
    for key in sorted(wanted.keys() | booked.keys()):
        minutes, amount = wanted.get(key, (0, 0))
        if (before := booked.get(key)) is not None:
            minutes, amount = minutes - before.minutes, amount - before.amount
        if minutes or amount:
            due[key] = (minutes, amount)
    if not due:
        return ChargesPosted("", 0, 0)
    settings = ChargeSettings.objects.in_bulk({key for key, _centre in due})
    entry, lines = "", _lines(settings, due)
    if lines:
        draft = EntryDraft(
            date=last_day(first), text=str(text).format(month=f"{first:%Y-%m}"),
            reference=f"{first:%Y-%m}", lines=lines,
        )  # fmt: skip
        entry = post_entry(actor, entry=draft, next_open=True).first
    Charge.objects.bulk_create(
        Charge(
            company_id=actor.company_id, settings_id=key, month=first, entry=entry,
            cost_centre=centre, minutes=minutes, amount=amount,
        )
        for (key, centre), (minutes, amount) in due.items()
    )  # fmt: skip
    return ChargesPosted(
        entry, sum(each[0] for each in due.values()), sum(each[1] for each in due.values())
    )


def _lines(settings: Mapping[int, ChargeSettings], due: Amounts) -> list[LineDraft]:
    """Each cost centre debited, and ICT's credited for all of them."""
    lines, covered = [], dict.fromkeys(settings, 0)
    for (key, centre), (_minutes, amount) in due.items():
        if amount:
            dimensions = {COST_CENTRE: centre}
            lines.append(
                LineDraft(account=settings[key].cost, amount=amount, dimensions=dimensions)
            )
            covered[key] += amount
    for key, amount in covered.items():
        if amount:
            dimensions = {COST_CENTRE: settings[key].cost_centre}
            lines.append(
                LineDraft(account=settings[key].covered, amount=-amount, dimensions=dimensions)
            )
    return lines
