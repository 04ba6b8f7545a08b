"""What the forms about data breaches need beyond the signatures of their actions."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.departments.hr.queries.privacy.breaches import data_breach
from kantoor.departments.hr.web.privacy.breaches import KINDS, RISKS, breach_url
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import DomainError
from kantoor.kernel.pages.plans import Given, Plan, plan
from kantoor.kernel.pages.words import name_field, name_values

KNOWN = (
    "people_categories", "people_about", "data_categories", "records_about", "consequences",
    "measures", "risk_why",
)  # fmt: skip
TEXTS = ("consequences", "measures", "risk_why")


def _now(_actor: Actor) -> Given:
    return {"breach.discovered_at": timezone.now()}


def _told_now(_actor: Actor) -> Given:
    return {"at": timezone.now()}


def _known(actor: Actor, given: Given) -> Given:
    """What was found out before, of the breach that the address names."""
    try:
        card = data_breach(actor, number=str(given.get("findings.breach", "")))
    except DomainError:
        return {}
    found: dict[str, Any] = {f"findings.{name}": getattr(card, name) for name in KNOWN}
    if card.breach.risk != "unknown":
        found["findings.risk"] = card.breach.risk
    return found


def _to_breach(_actor: Actor, number: Any) -> str:
    return breach_url(number) if isinstance(number, str) else ""


plan(
    "hr.record_breach",
    Plan(
        intro=_("Name nobody: say what happened. From the discovery on, 72 hours count."),
        choices={"breach.kind": KINDS},
        kinds={"breach.nature": "lines_of_text"},
        defaults=_now,
        goes_to=_to_breach,
        submit=_("Record"),
    ),
)
plan(
    "hr.assess_breach",
    Plan(
        choices={"findings.risk": {code: RISKS[code] for code in ("unlikely", "risk", "high")}},
        kinds={f"findings.{name}": "lines_of_text" for name in TEXTS},
        prefill=_known,
        goes_to=_to_breach,
        submit=_("Keep"),
        in_palette=False,
    ),
)
for _name in ("tell_authority", "tell_people"):
    plan(f"hr.{_name}", Plan(defaults=_told_now, goes_to=_to_breach, in_palette=False))
for _name in ("excuse_telling", "close_breach"):
    plan(f"hr.{_name}", Plan(goes_to=_to_breach, in_palette=False))

name_values("hr.assess_breach:risk", {code: RISKS[code] for code in ("unlikely", "risk", "high")})
name_field("breach", _("Data breach"), _("Its number, such as DB-0003."))
name_field("discovered_at", _("Discovered"), _("When somebody here became aware of it."))
name_field("began_at", _("Began"), _("As far as known."))
name_field("nature", _("What happened"))
name_field("people_categories", _("Which people"), _("Such as customers or job applicants."))
name_field("people_about", _("How many people"), _("About; empty while unknown."))
name_field("data_categories", _("Which data"), _("Such as addresses or bank accounts."))
name_field("records_about", _("How many records"), _("About; empty while unknown."))
name_field("consequences", _("Likely consequences"))
name_field("measures", _("Measures"), _("Taken, and still to be taken."))
name_field("hr.assess_breach:risk", _("Risk to people"))
name_field("risk_why", _("Why so"))
name_field("hr.tell_authority:at", _("When"))
name_field("hr.tell_authority:reference", _("Reference"), _("That the authority gave."))
name_field("late_why", _("Why later than 72 hours"), _("Only when it was."))
name_field("hr.tell_people:at", _("When"))
name_field("hr.tell_people:how", _("How"), _("Such as by letter."))
name_field("hr.excuse_telling:why", _("Why not"), _("A ground of GDPR art. 34(3)."))
name_field("lessons", _("What was learned"))
