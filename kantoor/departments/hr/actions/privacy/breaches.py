"""Data breaches: recorded, assessed, told of in time, and closed when nothing was forgotten."""

from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.departments.hr.drafts_privacy import BreachDraft, BreachFindings
from kantoor.departments.hr.errors_privacy import BreachState, UnknownBreach
from kantoor.departments.hr.events import BreachChanged, BreachRecorded
from kantoor.departments.hr.models import DataBreach
from kantoor.departments.hr.models.privacy.breaches import (
    HIGH,
    UNKNOWN,
    UNLIKELY,
    read_breach_number,
)
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actions.unit import concerns, publish
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import InvalidInput
from kantoor.kernel.numbering.numbers import take_numbers
from kantoor.kernel.queries import scoped

MANAGE = "hr.manage_breaches"
IN_TIME = timedelta(hours=72)
"""Within which the authority hears of it (GDPR art. 33(1))."""
LONGEST = 5_000
HIGHEST = 2_000_000_000


@action(permission=MANAGE, title=_("Record a data breach"))
def record_breach(actor: Actor, /, *, breach: BreachDraft) -> str:
    """Record a breach of personal data; gives its number. From `discovered_at` 72 hours count.

    Raises InvalidInput.
    """
    now = timezone.now()
    discovered = breach.discovered_at or now
    _not_ahead(discovered, "discovered_at", now)
    if breach.began_at is not None and breach.began_at > discovered:
        message = _("It began before it was discovered; check the moments.")
        raise InvalidInput(message, field="began_at")
    row = DataBreach.objects.create(
        company_id=actor.company_id,
        number=take_numbers(f"hr.data_breach/{actor.company_id}", 1),
        title=_said(breach.title, "title", 120),
        nature=_said(breach.nature, "nature"),
        kind=breach.kind,
        discovered_at=discovered,
        began_at=breach.began_at,
        due_at=discovered + IN_TIME,
        recorded_at=now,
        recorded_by_id=actor.user_id,
    )
    publish(BreachRecorded(actor.company_id, str(row), row.due_at))
    concerns(f"hr.data_breach/{row.pk}")
    return str(row)


@action(permission=MANAGE, title=_("Assess a data breach"))
def assess_breach(actor: Actor, /, *, findings: BreachFindings) -> str:
    """Keep what was found out about a breach, and how great the risk is to people.

    May be said again while it is not closed. Raises UnknownBreach, BreachState, InvalidInput.
    """
    row = _open(actor, findings.breach)
    row.people_categories = _said(findings.people_categories, "people_categories", 200)
    row.data_categories = _said(findings.data_categories, "data_categories", 200)
    row.consequences = _said(findings.consequences, "consequences")
    row.measures = _said(findings.measures, "measures")
    row.risk, row.risk_why = findings.risk, _said(findings.risk_why, "risk_why")
    for name in ("people_about", "records_about"):
        number = getattr(findings, name)
        if number is not None and not 0 <= number <= HIGHEST:
            raise InvalidInput(_("Give about how many, from nought up."), field=name)
        setattr(row, name, number)
    return _kept(actor, row, "assessed")


@action(permission=MANAGE, title=_("Note that the authority was told of a breach"))
def tell_authority(
    actor: Actor, /, *, breach: str, at: datetime, reference: str, late_why: str = ""
) -> str:
    """Note when the supervisory authority was told, and its reference.

    Later than 72 hours after the discovery it needs the reasons for the delay (art. 33(1)). Raises
    UnknownBreach, BreachState, InvalidInput.
    """
    row = _open(actor, breach)
    if row.authority_at is not None:
        raise BreachState(_("The authority was told already."), field="breach")
    _between(row, at)
    late = late_why.strip()
    if at > row.due_at and not late:
        message = _(
            "This is more than 72 hours after the discovery: give the reasons for the delay."
        )
        raise InvalidInput(message, field="late_why")
    row.authority_at = at
    row.authority_reference = _said(reference, "reference", 80)
    row.late_why = _said(late, "late_why") if late else ""
    return _kept(actor, row, "authority")


@action(permission=MANAGE, title=_("Note that people were told of a breach"))
def tell_people(actor: Actor, /, *, breach: str, at: datetime, how: str) -> str:
    """Note when and how the people concerned were told (art. 34).

    Raises UnknownBreach, BreachState, InvalidInput.
    """
    row = _open(actor, breach)
    if row.people_at is not None:
        raise BreachState(_("The people concerned were told already."), field="breach")
    _between(row, at)
    row.people_at, row.people_how = at, _said(how, "how", 200)
    return _kept(actor, row, "people")


@action(permission=MANAGE, title=_("Say why people need not be told of a breach"))
def excuse_telling(actor: Actor, /, *, breach: str, why: str) -> str:
    """Say on which ground of art. 34(3) the people concerned are not told, though the risk is high.

    Raises UnknownBreach, BreachState, InvalidInput.
    """
    row = _open(actor, breach)
    row.not_told_why = _said(why, "why")
    return _kept(actor, row, "people")


@action(permission=MANAGE, title=_("Close a data breach"))
def close_breach(actor: Actor, /, *, breach: str, lessons: str) -> str:
    """Close a breach of which nothing is left to be done; `lessons` says what was learned.

    Raises UnknownBreach, and BreachState while it was not assessed, while the authority has to
    hear of it, or people where the risk is high.
    """
    row = _open(actor, breach)
    if row.risk == UNKNOWN:
        raise BreachState(_("Assess the risk to people first."), field="breach")
    if row.risk != UNLIKELY and row.authority_at is None:
        message = _("There is a risk to people: tell the authority first.")
        raise BreachState(message, field="breach")
    if row.risk == HIGH and row.people_at is None and not row.not_told_why:
        message = _("The risk is high: tell the people concerned first, or say why not.")
        raise BreachState(message, field="breach")
    row.closed_at, row.lessons = timezone.now(), _said(lessons, "lessons")
    return _kept(actor, row, "closed")


def _open(actor: Actor, breach: str) -> DataBreach:
    rows = scoped(actor, DataBreach).select_for_update()
    row = rows.filter(number=read_breach_number(breach) or 0).first()
    if row is None:
        message = _("There is no data breach “{number}”.").format(number=breach[:40])
        raise UnknownBreach(message, field="breach")
    if row.closed_at is not None:
        raise BreachState(_("This breach was closed."), field="breach")
    return row


def _kept(actor: Actor, row: DataBreach, what: str) -> str:
    row.save()
    publish(BreachChanged(actor.company_id, str(row), what))
    concerns(f"hr.data_breach/{row.pk}")
    return str(row)


def _between(row: DataBreach, at: datetime) -> None:
    _not_ahead(at, "at", timezone.now())
    if at < row.discovered_at:
        message = _("Nobody is told before it is discovered; check the moment.")
        raise InvalidInput(message, field="at")


def _not_ahead(at: datetime, field: str, now: datetime) -> None:
    if at > now:
        raise InvalidInput(_("This moment has yet to come."), field=field)


def _said(text: str, field: str, most: int = LONGEST) -> str:
    text = text.strip()
    if not text or "\0" in text:
        raise InvalidInput(_("Say it in words."), field=field)
    if len(text) > most:
        message = _("This is longer than {most} characters.").format(most=most)
        raise InvalidInput(message, field=field)
    return text
