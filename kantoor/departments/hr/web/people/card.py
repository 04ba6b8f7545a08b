"""An employee as a page: on which terms, since when, what can be done next, and what is private."""

from collections.abc import Sequence
from datetime import date

from django.utils import timezone
from django.utils.encoding import force_str
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kantoor.departments.hr.queries.people.card import (
    EmployeeCard,
    EmploymentCard,
    Private,
    Version,
)
from kantoor.departments.hr.web.people.words import (
    KINDS,
    PAPER_STATES,
    REASONS,
    STATES,
    document_url,
    employee_url,
    hand_in_url,
    hours,
    just_before,
    past_url,
    week,
)
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.pages.acts import act_for
from kantoor.kernel.pages.record_view import Thing
from kantoor.kernel.ui.cells import Cell, Link, Status
from kantoor.kernel.ui.formats import day
from kantoor.kernel.ui.listing import Act, Column, Row
from kantoor.kernel.ui.record_page import Document, Fact, Related, Relation

NATIONAL = {"bsn": "BSN", "nrn": _("National number")}


def show(actor: Actor, card: EmployeeCard) -> Thing:
    """An employee as HR sees them."""
    here = employee_url(card.code)
    steps, more = _steps(actor, card, here), _more(actor, card, here)
    return thing_of(actor, card, steps=steps, more=more, past=True)


def thing_of(
    actor: Actor,
    card: EmployeeCard,
    *,
    steps: Sequence[Act | None],
    more: Sequence[Act | None],
    past: bool = False,
) -> Thing:
    """An employee with what may be done: for HR, and for themselves.

    With `past` what was replaced opens the file as it was known then.
    """  # fmt: skip
    today = timezone.localdate()
    employment = card.employments[0] if card.employments else None
    state = state_of(employment, today)
    word, tone = STATES[state]
    version = current(employment, today)
    return Thing(
        title=card.name,
        row=employment.id if employment else None,
        state=Status(state, force_str(word), tone),
        note=note_of(employment),
        facts=[*facts_of(actor, card, version), *_private(card.private)],
        document=contracts_of(card),
        relations=_relations(card, to_past=past),
        steps=steps,
        more=more,
    )


def current(employment: EmploymentCard | None, today: date) -> Version | None:
    """The version of today, else the first of who comes or the last of who left."""
    held = [each for each in (employment.versions if employment else []) if not each.replaced_at]
    begun = [each for each in held if each.valid_from <= today]
    found = begun or held[-1:]
    return found[0] if found else None


def state_of(employment: EmploymentCard | None, today: date) -> str:
    """Whether somebody works here on a day, comes, or left: a key of STATES."""
    if employment is None:
        return "left"
    if employment.starts_on > today:
        return "coming"
    if employment.ends_on is None:
        return "here"
    return "leaving" if employment.ends_on >= today else "left"


def note_of(employment: EmploymentCard | None) -> str:
    """The last day and why, as a sentence."""
    if employment is None or employment.ends_on is None:
        return ""
    reason = force_str(REASONS.get(employment.end_reason, employment.end_reason))
    return gettext("Last day %(day)s: %(reason)s.") % {
        "day": day(employment.ends_on),
        "reason": reason.lower(),
    }


def facts_of(actor: Actor, card: EmployeeCard, version: Version | None) -> list[Fact]:
    """Who somebody is, and the terms of a version of their contract."""
    pairs: list[tuple[str, Cell]] = [
        (gettext("Number"), card.code),
        (gettext("Email address"), card.email),
        (gettext("Phone"), card.phone),
    ]
    if version is not None:
        manager: Cell = version.manager_name
        if version.manager and actor.may("hr.read_people"):
            manager = Link(version.manager_name, employee_url(version.manager))
        pairs += [
            (gettext("Job"), version.job_title),
            (gettext("Unit"), version.unit_name),
            (gettext("Manager"), manager),
            (gettext("Place of work"), version.place),
            (gettext("Contract"), force_str(KINDS.get(version.kind, version.kind))),
            (gettext("Fixed term until"), version.until),
            (gettext("Hours a week"), hours(sum(version.minutes))),
            (gettext("Working days"), week(version.minutes)),
            (gettext("Collective agreement"), version.cao),
            (gettext("Cost centre"), version.cost_centre),
        ]
    return [Fact(label, value) for label, value in pairs if value not in (None, "")]


def _private(private: Private | None) -> list[Fact]:
    if private is None:
        return []
    town = f"{private.postcode} {private.city}".strip()
    number = force_str(NATIONAL.get(private.national_kind, ""))
    pairs: list[tuple[str, Cell]] = [
        (gettext("Birth date"), private.birth_date),
        (number, private.national_number),
        (gettext("Bank account"), private.iban),
        (
            gettext("Home address"),
            ", ".join(part for part in (private.street, town, private.country) if part),
        ),
        (gettext("Private phone"), private.private_phone),
        (gettext("Private email address"), private.private_email),
    ]
    return [Fact(label, value) for label, value in pairs if value not in (None, "")]


def contracts_of(card: EmployeeCard) -> Document | None:
    """Every version that holds, or held then, the latest first."""
    lines = [
        Row(
            f"{employment.id}-{n}",
            {
                "from": each.valid_from,
                "job": each.job_title,
                "hours": hours(sum(each.minutes)),
                "days": week(each.minutes),
                "where": ", ".join(x for x in (each.unit_name, each.manager_name) if x),
            },
        )
        for employment in card.employments
        for n, each in enumerate(employment.versions)
        if each.replaced_at is None
    ]
    if not lines:
        return None
    return Document(
        columns=[
            Column("from", gettext("From"), "date", phone="meta"),
            Column("job", gettext("Job"), phone="title"),
            Column("hours", gettext("Hours a week"), "number", phone="figure"),
            Column("days", gettext("Working days"), phone="meta"),
            Column("where", gettext("Unit and manager"), phone="meta"),
        ],
        lines=lines,
    )


def _relations(card: EmployeeCard, *, to_past: bool) -> list[Relation]:
    here = employee_url(card.code)
    times = [
        Related(
            Link(f"{day(each.starts_on)} – {day(each.ends_on) if each.ends_on else '…'}", here),
            force_str(REASONS.get(each.end_reason, "")),
        )
        for each in card.employments
    ]
    replaced = [
        Related(
            Link(
                gettext("From %(day)s") % {"day": day(each.valid_from)},
                past_url(card.code, just_before(each.replaced_at)) if to_past else here,
            ),
            f"{each.job_title} {hours(sum(each.minutes))}".strip(),
            each.replaced_at,
        )
        for employment in card.employments
        for each in employment.versions
        if each.replaced_at
    ]
    contacts = [
        Related(Link(each.name, f"tel:{each.phone}"), f"{each.relation} {each.phone}".strip())
        for each in (card.private.contacts if card.private else [])
    ]
    papers = [
        Related(
            Link(each.title, document_url(each.id) if each.has_copy else here),
            force_str(PAPER_STATES[each.state][0]),
            day(each.expires_on) if each.expires_on else None,
        )
        for each in (card.private.documents if card.private else [])
    ]
    found = [
        (gettext("In an emergency"), contacts),
        (gettext("Documents"), papers),
        (gettext("Employments"), times if len(times) > 1 else []),
        (gettext("Replaced, as it was known"), replaced),
    ]
    return [Relation(title, items) for title, items in found if items]


def _steps(actor: Actor, card: EmployeeCard, here: str) -> list[Act | None]:
    today = timezone.localdate()
    state = state_of(card.employments[0] if card.employments else None, today)
    again = act_for(
        actor, "hr.hire_employee", {"employee.employee": card.code, "employee.name": card.name},
        label=_("Hire again"), icon="users", back=here,
    )  # fmt: skip
    if state == "left":
        return [again]
    change = act_for(
        actor, "hr.change_contract", {"change.employee": card.code}, label=_("Change the contract"),
        icon="pencil", key="c", back=here,
    )  # fmt: skip
    end = act_for(
        actor, "hr.end_employment", {"end.employee": card.code}, label=_("End the employment"),
        icon="ban", back=here,
    )  # fmt: skip
    return [change, end]


def _more(actor: Actor, card: EmployeeCard, here: str) -> list[Act | None]:
    contacts = [
        {"name": each.name, "phone": each.phone, "relation": each.relation}
        for each in (card.private.contacts if card.private else [])
    ]
    return [
        act_for(
            actor, "hr.change_person_file", label=_("Change private data"), icon="pencil",
            employee=card.code, back=here,
        ),
        act_for(
            actor, "hr.set_emergency_contacts", label=_("Emergency contacts"), icon="phone",
            employee=card.code, contacts=contacts, back=here,
        ),
        Act(gettext("Hand in a document"), hand_in_url(card.code), icon="paperclip")
        if actor.may("hr.manage_people")
        else None,
        act_for(
            actor, "hr.sign_contract", label=_("The contract was signed"), icon="signature",
            employee=card.code, back=here,
        ),
        act_for(
            actor, "hr.name_deputy", {"deputy.manager": card.code}, label=_("Name a deputy"),
            icon="users", back=here,
        ),
    ]  # fmt: skip
