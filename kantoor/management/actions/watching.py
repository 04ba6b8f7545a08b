"""Look at the figures of alerts that are due, and tell each crossing once.

A look writes no more than what was seen (a passing row). That an alert was crossed, raised or
went back is an act of its own, with the letters that tell of it: all of it or nothing.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from fractions import Fraction

from django.utils import timezone
from django.utils.encoding import force_str
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kantoor.kernel.actions.runner import action
from kantoor.kernel.actions.unit import concerns
from kantoor.kernel.actors.actor import Actor, console_actor
from kantoor.kernel.actors.days import where
from kantoor.kernel.actors.models import Company, User
from kantoor.kernel.figures import Figure, Value, known_figure, measured, month_of
from kantoor.kernel.jobs.declared import job
from kantoor.kernel.jobs.schedule import every
from kantoor.kernel.jobs.work import Work
from kantoor.kernel.queries import scoped
from kantoor.management import values
from kantoor.management.actions.alerts import MANAGE, about, rule_of, threshold_of
from kantoor.management.alerting import Stand, step
from kantoor.management.letters import mailbox_of, reader_of, write_to
from kantoor.management.models import Alert, AlertCheck, AlertNotice, AlertRecipient
from kantoor.management.models.alerts import ABOVE, RAISED

LOOK_EVERY_M = 5
EARLY = timedelta(seconds=30)
"""A round comes a little early at times: it is no reason to leave out a look."""


def due_alerts(now: datetime) -> list[Alert]:
    """The alerts in use that were not looked at for as long as they say."""
    rows = Alert.objects.filter(active=True).select_related("check_now").order_by("pk")
    return [row for row in rows if _is_due(row, now)]


def _is_due(row: Alert, now: datetime) -> bool:
    seen = getattr(row, "check_now", None)
    return seen is None or now - seen.at >= timedelta(minutes=row.every_m) - EARLY


def anything_due() -> bool:
    """Whether an alert is to be looked at."""
    return bool(due_alerts(timezone.now()))


@every(minutes=LOOK_EVERY_M, when=anything_due)
@job(title=_("Look at alerts"), quick=True)
def look_at_alerts(work: Work, /) -> int:
    """Look at all that are due, in every company; gives how many changed."""
    now = timezone.now()
    by_company: dict[int, list[Alert]] = {}
    for row in due_alerts(now):
        by_company.setdefault(row.company_id, []).append(row)
    changed = 0
    for company in Company.objects.filter(pk__in=by_company).order_by("pk"):
        changed += look(console_actor(company), by_company[company.pk], now)
        work.progress(changed)
    return changed


def look(actor: Actor, rows: Sequence[Alert], now: datetime) -> int:
    """Look at alerts of one company, each figure asked once; gives how many changed."""
    seen: dict[str, Value] = {}
    with where(actor):
        month = month_of(timezone.localdate(now))
        for name in sorted({row.figure for row in rows}):
            if known_figure(name) is not None:
                seen[name] = measured(actor, name, [month])[0]
    changed = 0
    for row in rows:
        if row.figure not in seen:
            continue
        value = seen[row.figure]
        stand = step(rule_of(row), Stand(row.state, row.since), value, now)
        if (stand.state, stand.since) != (row.state, row.since):
            changed += note_alert(actor, alert=row.pk, value=_exact(value), at=now)
        _note_look(row, value, now)
    return changed


def _exact(value: Value) -> tuple[int, int] | None:
    return None if value is None else Fraction(value).as_integer_ratio()


def _note_look(row: Alert, value: Value, now: datetime) -> None:
    exact = _exact(value)
    said = {
        "at": now,
        "numerator": exact[0] if exact else None,
        "denominator": exact[1] if exact else 1,
    }
    AlertCheck.objects.update_or_create(alert_id=row.pk, defaults=said)


@action(permission=MANAGE, title=_("Note what an alert saw"), hidden=True)
def note_alert(actor: Actor, /, *, alert: int, value: tuple[int, int] | None, at: datetime) -> bool:
    """Move an alert to where its figure puts it, and tell who is to be told; whether it moved."""
    row = scoped(actor, Alert).select_for_update().filter(pk=alert, active=True).first()
    if row is None or value is None:
        return False
    found = Fraction(*value)
    stand = step(rule_of(row), Stand(row.state, row.since), found, at)
    if (stand.state, stand.since) == (row.state, row.since):
        return False
    row.state, row.since = stand.state, stand.since
    row.save()
    concerns(about(row))
    if stand.told:
        muted = row.muted_until is not None and row.muted_until > at
        notice = AlertNotice.objects.create(
            company_id=actor.company_id, alert=row, kind=stand.told, numerator=found.numerator,
            denominator=found.denominator, muted=muted, at=at,
        )  # fmt: skip
        if not muted:
            _tell(actor, row, notice)
    return True


def _tell(actor: Actor, row: Alert, notice: AlertNotice) -> None:
    box, figure = mailbox_of(actor), known_figure(row.figure)
    if box is None or figure is None:
        return
    users = [each for each in told_of(actor, row, figure) if each.email.strip()]
    value = Fraction(notice.numerator, notice.denominator)

    def words(_user: User) -> tuple[str, str]:
        return _words(actor, row, figure, notice.kind, value)

    write_to(actor, box, about(row), f"{notice.kind} {notice.pk}", users, words)


def told_of(actor: Actor, row: Alert, figure: Figure) -> Iterable[User]:
    """The people who are told of an alert and may see its figure."""
    company = Company.objects.get(pk=actor.company_id)
    named = AlertRecipient.objects.filter(alert=row).select_related("user").order_by("user_id")
    for each in named:
        reader = reader_of(each.user, company)
        if reader is not None and reader.may(figure.permission):
            yield each.user


def _words(actor: Actor, row: Alert, figure: Figure, kind: str, value: Fraction) -> tuple[str, str]:
    """Subject and text, in the language that holds."""
    named = {
        "figure": force_str(figure.title),
        "value": values.shown(figure.kind, value, actor.currency),
        "threshold": values.shown(figure.kind, threshold_of(row), actor.currency),
    }
    above = row.comparison == ABOVE
    if kind != RAISED:
        subject = gettext("%(figure)s is back to normal: %(value)s")
    elif above:
        subject = gettext("%(figure)s is above %(threshold)s: %(value)s")
    else:
        subject = gettext("%(figure)s is below %(threshold)s: %(value)s")
    body = gettext(
        "%(what)s.\n\nYou get this since an alert names you. You are told once of each crossing,"
        " and once when it is back to normal."
    )
    said = subject % named
    return said, body % {"what": said}
