"""What the forms of privacy need beyond the signatures of their actions."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from kantoor.departments.hr.queries.privacy.registers import retention_tables
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import DomainError
from kantoor.kernel.pages.plans import Plan, plan
from kantoor.kernel.pages.words import name_field


def _tables(actor: Actor) -> dict[str, Any]:
    try:
        return {name: name for name in retention_tables(actor)}
    except DomainError:
        return {}


plan(
    "hr.set_retention_rule",
    Plan(
        choices={"rule.table": _tables},
        submit=_("Keep"),
        goes_to=lambda *_: "/hr/retention",
    ),
)
plan("hr.set_legal_hold", Plan(submit=_("Hold it"), goes_to=lambda *_: "/hr/holds"))
plan("hr.take_over_periods", Plan(goes_to=lambda *_: "/hr/retention"))
plan("hr.end_legal_holds", Plan(in_palette=False))
plan("hr.release_proposals", Plan(in_palette=False))

name_field("hr.set_retention_rule:table", _("Table"))
name_field("hr.set_retention_rule:field", _("Counted from"), _("The day that the period begins."))
name_field("months", _("Months"))
name_field("ground", _("Ground"), _("The law or the reason, such as AWR art. 52."))
name_field(
    "hr.set_legal_hold:party", _("Person"), _("The number of the employee; empty is everybody.")
)
name_field("holds", _("Holds"))
name_field("proposals", _("What may go"))
