"""Data breaches as pages: the register, and one with what is left to be done."""

from django.utils.encoding import force_str
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from kantoor.departments.hr.queries.privacy.breaches import (
    BreachCard,
    data_breach,
    data_breaches,
)
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.pages.acts import act_for
from kantoor.kernel.pages.columns import Col, States
from kantoor.kernel.pages.list_view import Empty, ListView, Tab
from kantoor.kernel.pages.narrowing import Narrow
from kantoor.kernel.pages.record_view import RecordView, Thing
from kantoor.kernel.ui.cells import Cell, Status
from kantoor.kernel.ui.formats import number
from kantoor.kernel.ui.listing import Act
from kantoor.kernel.ui.record_page import Fact

KINDS = {
    "confidentiality": _("Seen by who should not"),
    "integrity": _("Changed"),
    "availability": _("Lost or out of reach"),
    "several": _("More than one of these"),
}
RISKS = {
    "unknown": _("Not assessed yet"),
    "unlikely": pgettext_lazy("risk", "Unlikely"),
    "risk": pgettext_lazy("risk", "There is a risk"),
    "high": pgettext_lazy("risk", "High"),
}
STATES: States = {
    "recorded": (pgettext_lazy("breach", "To be assessed"), "wait"),
    "late": (_("72 hours are over"), "bad"),
    "assessed": (pgettext_lazy("breach", "Assessed"), "info"),
    "told": (_("Authority was told"), "info"),
    "closed": (_("Closed"), "quiet"),
}


def breach_url(number: str) -> str:
    """The page of a breach."""
    return f"/hr/breaches/{number}"


BREACHES = ListView(
    key="hr.breaches",
    title=_("Data breaches"),
    query=data_breaches,
    columns=[
        Col(key="number", title=_("Number"), sort=True, phone="meta"),
        Col(key="title", title=_("What happened"), phone="title"),
        Col(key="discovered_at", title=_("Discovered"), kind="datetime", sort=True),
        Col(key="due_at", title=_("72 hours until"), kind="datetime", sort=True, phone="meta"),
        Col(key="risk", title=_("Risk to people"), value=lambda r: RISKS[r.risk]),
        Col(key="authority_at", title=_("Authority told"), kind="datetime"),
        Col(key="people_at", title=_("People told"), kind="datetime", default=False),
        Col(key="state", title=_("State"), kind="status", states=STATES),
    ],
    narrows=[
        Narrow(key="state", title=_("State"), choices={"open": _("Open"), "closed": _("Closed")})
    ],
    tabs=[Tab(_("Open"), {"state": "open"}), Tab(_("All"))],
    sort="-number",
    muted=lambda row: row.state == "closed",
    row_url=lambda row: breach_url(row.number),
    new="hr.record_breach",
    empty=Empty(
        _("No data breaches"),
        _("Record one as soon as it is discovered: 72 hours count from then."),
        icon="shield-check",
    ),
)


def show(actor: Actor, card: BreachCard) -> Thing:
    """A breach with what is known, and the step that it waits for first."""
    row = card.breach
    word, tone = STATES[row.state]
    return Thing(
        title=f"{row.number} {row.title}",
        row=row.id,
        state=Status(row.state, force_str(word), tone),
        since=card.closed_at,
        facts=_facts(card),
        steps=[] if card.closed_at else _steps(actor, card),
    )


def _facts(card: BreachCard) -> list[Fact]:
    row = card.breach

    def about(count: int | None) -> str:
        return gettext("about %(n)s") % {"n": number(count)} if count is not None else ""

    pairs: list[tuple[str, Cell]] = [
        (gettext("Kind"), force_str(KINDS[row.kind])),
        (gettext("Discovered"), row.discovered_at),
        (gettext("Began"), card.began_at),
        (gettext("72 hours until"), row.due_at),
        (gettext("What happened"), card.nature),
        (gettext("Which people"), card.people_categories),
        (gettext("How many people"), about(card.people_about)),
        (gettext("Which data"), card.data_categories),
        (gettext("How many records"), about(card.records_about)),
        (gettext("Likely consequences"), card.consequences),
        (gettext("Measures"), card.measures),
        (gettext("Risk to people"), force_str(RISKS[row.risk])),
        (gettext("Why so"), card.risk_why),
        (gettext("Authority told"), row.authority_at),
        (gettext("Reference"), card.authority_reference),
        (gettext("Why later than 72 hours"), card.late_why),
        (gettext("People told"), row.people_at),
        (gettext("How"), card.people_how),
        (gettext("Why people are not told"), card.not_told_why),
        (gettext("What was learned"), card.lessons),
        (gettext("Recorded"), card.recorded_at),
        (gettext("Recorded by"), card.recorded_by),
    ]
    return [Fact(label, value) for label, value in pairs if value not in (None, "")]


def _steps(actor: Actor, card: BreachCard) -> list[Act | None]:
    row = card.breach
    here = breach_url(row.number)

    def step(verb: str, label: object, icon: str) -> Act | None:
        return act_for(actor, f"hr.{verb}", label=label, icon=icon, back=here, breach=row.number)

    assess = act_for(
        actor, "hr.assess_breach", {"findings.breach": row.number}, label=_("Assess"),
        icon="pencil", key="a", back=here,
    )  # fmt: skip
    authority = step("tell_authority", _("The authority was told"), "send")
    people = step("tell_people", _("People were told"), "users")
    excuse = step("excuse_telling", _("People need not be told"), "ban")
    close = step("close_breach", _("Close it"), "lock")
    if row.risk == "unknown":
        return [assess, authority]
    told = [authority] if row.authority_at is None and row.risk != "unlikely" else []
    reach = [people, excuse] if row.risk == "high" and row.people_at is None else []
    return [*told, *reach, close, assess]


BREACH = RecordView(
    key="hr.breaches",
    title=_("Data breach"),
    kind="hr.data_breach",
    path="<str:number>",
    find=data_breach,
    show=show,
)
