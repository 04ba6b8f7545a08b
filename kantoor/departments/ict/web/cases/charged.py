"""What cases cost the departments that asked, by month, and booking it."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.public import dimension_values
from kantoor.departments.ict.queries.cases.charging import COST_CENTRE, case_charges
from kantoor.departments.ict.web.cases.worked import spent
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.pages.acts import act_for
from kantoor.kernel.pages.columns import Col
from kantoor.kernel.pages.list_view import Empty, ListView
from kantoor.kernel.pages.narrowing import Narrow
from kantoor.kernel.pages.plans import Plan, plan
from kantoor.kernel.pages.words import name_field
from kantoor.kernel.ui.listing import Act

MONTHS_BACK = 24


def _last_month() -> date:
    return timezone.localdate().replace(day=1) - timedelta(days=1)


def _months(_actor: Actor) -> dict[str, str]:
    """The last months to choose from, this one first."""
    day, found = timezone.localdate(), {}
    for _n in range(MONTHS_BACK):
        found[f"{day:%Y-%m}"] = f"{day:%Y-%m}"
        day = day.replace(day=1) - timedelta(days=1)
    return found


def _acts(actor: Actor) -> Sequence[Act | None]:
    """Booking is for who may post in the ledger, too."""
    if not actor.may("finance.post_entry"):
        return []
    return [
        act_for(actor, "ict.post_case_charges", icon="book"),
        act_for(actor, "ict.take_back_case_charges", icon="arrow-back-up"),
        act_for(actor, "ict.set_charge_settings", icon="settings"),
    ]


CASE_CHARGES = ListView(
    key="ict.case_charges",
    title=_("Cost to departments"),
    query=case_charges,
    columns=[
        Col(key="code", title=_("Cost centre"), phone="meta"),
        Col(
            key="name", title=_("Name"), phone="title",
            value=lambda row: row.name or gettext("Stays with ICT"),
        ),
        Col(key="minutes", title=_("Time spent"), value=lambda row: spent(row.minutes), align="end"),
        Col(
            key="unrated", title=_("Of which without a rate"), align="end",
            value=lambda row: spent(row.unrated) if row.unrated else "",
        ),
        Col(key="cost", title=_("Cost"), kind="money"),
        Col(key="booked", title=_("Booked"), kind="money"),
        Col(key="due", title=_("To book"), kind="money", phone="figure"),
        Col(key="entry", title=_("Last entry")),
    ],
    narrows=[Narrow(key="month", title=_("Month"), choices=_months)],
    more=_acts,
    empty=Empty(
        _("No time was written down"),
        _("What was worked on cases last month comes here, by the cost centre of who asked."),
        icon="book",
    ),
)  # fmt: skip


def _to_charges(_actor: Actor, _result: Any) -> str:
    return CASE_CHARGES.url


def _in_last_month(_actor: Actor) -> dict[str, Any]:
    return {"month": _last_month()}


def _cost_centres(actor: Actor) -> dict[str, str]:
    return dimension_values(actor.company_id, COST_CENTRE)


plan(
    "ict.post_case_charges",
    Plan(
        intro=_("Books what changed since it was booked before, and nothing where nothing did."),
        defaults=_in_last_month,
        goes_to=_to_charges,
        submit=_("Book"),
    ),
)
plan(
    "ict.take_back_case_charges",
    Plan(
        intro=_("Books the opposite of all that the month has booked; it can be booked anew."),
        defaults=_in_last_month,
        goes_to=_to_charges,
        submit=_("Take back"),
    ),
)
plan(
    "ict.set_charge_settings",
    Plan(choices={"cost_centre": _cost_centres}, goes_to=_to_charges, submit=_("Keep")),
)
for _verb in ("post_case_charges", "take_back_case_charges"):
    name_field(f"ict.{_verb}:month", _("Month"), _("Any day of it."))
name_field("ict.set_charge_settings:cost", _("Account of cost"), _("Debited to who asked."))
name_field("ict.set_charge_settings:covered", _("Account of cover"), _("Credited to ICT."))
name_field("ict.set_charge_settings:cost_centre", _("Cost centre of ICT"))
