"""What the forms about people need beyond the signatures of their actions."""

from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.public import dimension_values
from kantoor.departments.hr.actions.people.contracts import TAKEN_AWAY
from kantoor.departments.hr.models.people.employment import WEEKDAYS
from kantoor.departments.hr.queries.people.card import employee, my_file
from kantoor.departments.hr.queries.people.register import units_by_code
from kantoor.departments.hr.web.people.register import employees_by_code
from kantoor.departments.hr.web.people.words import KINDS, PAPERS, REASONS, SHOWN_TO, employee_url
from kantoor.kernel.actions.registry import actions
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import DomainError
from kantoor.kernel.pages.plans import Given, Plan, plan
from kantoor.kernel.pages.words import name_field, name_values

HOME = ("street", "postcode", "city", "country", "private_phone", "private_email")


def _cost_centres(actor: Actor) -> dict[str, str]:
    return dimension_values(actor.company_id, "cost_centre")


def _units_or_none(actor: Actor) -> dict[str, Any]:
    return {TAKEN_AWAY: _("No unit any more"), **units_by_code(actor)}


def _begins(_actor: Actor) -> Given:
    """Forty hours from Monday to Friday, from the first of next month."""
    today = timezone.localdate()
    start = today.replace(year=today.year + today.month // 12, month=today.month % 12 + 1, day=1)
    hours = {f"employee.hours_{day}": Decimal(8) for day in WEEKDAYS[:5]}
    return {"employee.start": start, **hours}


def _from_today(_actor: Actor) -> Given:
    """From today; what the contract says is not filled in, since only what changes is to be said."""
    return {"change.from_day": timezone.localdate()}


def _file(actor: Actor, given: Given) -> Given:
    """What is private of the employee that the address names."""
    try:
        private = employee(actor, code=str(given.get("employee", ""))).private
    except DomainError:
        return {}
    if private is None:
        return {}
    found: dict[str, Any] = {name: getattr(private, name) for name in HOME}
    number = {private.national_kind: private.national_number} if private.national_kind else {}
    return {**found, "birth_date": private.birth_date, "iban": private.iban, **number}


def _own(actor: Actor, _given: Given) -> Given:
    try:
        private = my_file(actor).private
    except DomainError:
        return {}
    return {name: getattr(private, name) for name in HOME} if private else {}


def _to_employee(_actor: Actor, code: Any) -> str:
    return employee_url(code) if isinstance(code, str) else ""


plan(
    "hr.hire_employee",
    Plan(
        choices={
            "employee.kind": KINDS,
            "employee.unit": units_by_code,
            "employee.cost_centre": _cost_centres,
        },
        suggestions={"employee.manager": employees_by_code},
        defaults=_begins,
        goes_to=_to_employee,
        submit=_("Hire"),
    ),
)
plan(
    "hr.change_contract",
    Plan(
        intro=_(
            "Fill in only what changes. It holds from that day on, also when the day lies in the"
            " past; later changes of something else stay as they are."
        ),
        choices={
            "change.kind": KINDS,
            "change.unit": _units_or_none,
            "change.cost_centre": _cost_centres,
        },
        suggestions={"change.manager": employees_by_code},
        defaults=_from_today,
        in_palette=False,
    ),
)
plan(
    "hr.take_in_employees",
    Plan(
        intro=_("All employees are taken in, or none: each cell that is wrong is named."),
        kinds={"rows": "lines_of_text"},
        goes_to=lambda _actor, _codes: "/hr/employees",
        submit=_("Take in"),
    ),
)
plan(
    "hr.add_document",
    Plan(choices={"document.kind": PAPERS}, leave_out=("document.file",), submit=_("Add")),
)
plan(
    "hr.sign_contract",
    Plan(
        suggestions={"employee": employees_by_code},
        leave_out=("file",),
        defaults=lambda _actor: {"signed_on": timezone.localdate()},
        goes_to=lambda _actor, _key: "/hr/documents",
        submit=_("It was signed"),
    ),
)
plan(
    "hr.add_unit",
    Plan(choices={"unit.within": units_by_code}, suggestions={"unit.head": employees_by_code}),
)
plan(
    "hr.change_unit",
    Plan(
        choices={"change.code": units_by_code, "change.within": units_by_code},
        suggestions={"change.head": employees_by_code},
        goes_to=lambda _actor, _done: "/hr/organisation",
    ),
)
plan(
    "hr.name_own_deputy",
    Plan(intro=_("Your deputy decides for your people from the first day to the last.")),
)
plan("hr.name_deputy", Plan(in_palette=False))
plan("hr.end_employment", Plan(choices={"end.reason": REASONS}, in_palette=False))
plan("hr.change_person_file", Plan(prefill=_file, in_palette=False))
plan("hr.change_own_file", Plan(prefill=_own, submit=_("Save")))
plan("hr.set_emergency_contacts", Plan(in_palette=False, lines=2, submit=_("Save")))
plan("hr.set_own_emergency_contacts", Plan(lines=2, submit=_("Save")))

WORDS: dict[str, tuple[Any, Any]] = {
    "birth_date": (_("Birth date"), ""),
    "bsn": ("BSN", _("Dutch: nine digits.")),
    "cao": (_("Collective agreement"), ""),
    "contacts": (_("Whom to call"), ""),
    "cost_centre": (_("Cost centre"), ""),
    "closed": (_("Closed"), _("Nobody works there from that day on.")),
    "deputy": (_("Deputy"), _("Their number.")),
    "ends_on": (_("Last day"), ""),
    "expires_on": (_("Good until"), ""),
    "head": (_("Led by"), _("Their number.")),
    "starts_on": (_("First day"), ""),
    "title": (_("What it is"), ""),
    "warn_days": (_("Warn so many days before"), ""),
    "within": (_("Part of"), ""),
    "employee": (_("Employee"), _("Their number.")),
    "employee.employee": (
        _("Number"), _("Of who worked here before; empty gives the next number."),
    ),
    "from_day": (_("From"), _("The first day on which it holds.")),
    "iban": (_("Bank account"), "IBAN"),
    "job_title": (_("Job"), ""),
    "kind": (_("Contract"), ""),
    "last_day": (_("Last day"), _("On which somebody still works here.")),
    "manager": (_("Manager"), _("Their number.")),
    "nrn": (_("National number"), _("Belgian: eleven digits.")),
    "place": (_("Place of work"), ""),
    "private_email": (_("Private email address"), ""),
    "private_phone": (_("Private phone"), ""),
    "relation": (_("What they are to you"), _("Such as partner or mother.")),
    "rows": (
        _("The list"),
        _(
            "Copied from a spreadsheet, or as CSV. The first line names the columns: name, start,"
            " hours_mon …"
        ),
    ),
    "sign_in": (_("Signs in as"), _("Where there is an account.")),
    "start": (_("First day"), ""),
    "unit": (_("Unit"), ""),
    "until": (_("Last day of the fixed term"), ""),
    "hours_mon": (_("Hours on Monday"), ""),
    "hours_tue": (_("Hours on Tuesday"), ""),
    "hours_wed": (_("Hours on Wednesday"), ""),
    "hours_thu": (_("Hours on Thursday"), ""),
    "hours_fri": (_("Hours on Friday"), ""),
    "hours_sat": (_("Hours on Saturday"), ""),
    "hours_sun": (_("Hours on Sunday"), ""),
}  # fmt: skip
for _act in actions():
    if ".hr.actions.people." in _act.function.__module__:
        for _field, (_label, _hint) in WORDS.items():
            # Said for our actions alone: other departments use some of these words, too.
            name_field(f"{_act.name}:{_field}", _label, _hint)
name_field("hr.sign_contract:signed_on", _("Signed on"))
name_field("hr.sign_contract:title", _("What it is"), _("Empty is: signed contract."))
name_field("hr.add_document:kind", _("Kind"))
name_field("hr.change_contract:manager", _("Manager"), _("Their number; a dash (-) is no manager."))
for _verb in ("add_document", "add_documents"):
    name_field(f"hr.{_verb}:shown_to", _("Who may see it"), _("Besides HR."))
name_values("shown_to", SHOWN_TO)
