"""The organisation on a day as a page: every unit with those within it, and who leads it."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.departments.hr.queries.people.organisation import organisation
from kantoor.departments.hr.queries.people.register import READ
from kantoor.departments.hr.web.people.words import employee_url, hours
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.pages.acts import act_for, acts
from kantoor.kernel.pages.plain_view import PlainView
from kantoor.kernel.ui.address import Address


def _content(actor: Actor, address: Address) -> Mapping[str, Any]:
    day = _day(address.get("on"))
    shown = [
        {
            "unit": each,
            "indent": "\u2003" * each.depth,
            "hours": hours(each.weekly_minutes),
            "people_url": f"/hr/employees?state=here&unit={each.code}",
            "head_url": employee_url(each.head),
        }
        for each in organisation(actor, on=day)
    ]
    change = act_for(actor, "hr.change_unit", label=_("Change a unit"), icon="pencil")
    add = act_for(actor, "hr.add_unit", label=_("Add a unit"), icon="plus")
    return {"day": day, "units": shown, "acts": acts(add, change)}


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return timezone.localdate()


ORGANISATION = PlainView(
    key="hr.organisation",
    title=_("Organisation"),
    permission=READ,
    template="hr/organisation.html",
    content=_content,
)
