"""Alerts: set on a figure, changed, muted; who is told is named by them alone."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from fractions import Fraction

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.kernel.actions.runner import action
from kantoor.kernel.actions.unit import concerns
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.actors.models import User
from kantoor.kernel.errors import InvalidInput
from kantoor.kernel.figures import figure_named
from kantoor.kernel.queries import scoped
from kantoor.management.actions.checking import between, exact, people
from kantoor.management.alerting import Rule
from kantoor.management.drafts import AlertChange, AlertDraft, MuteDraft
from kantoor.management.errors import UnknownAlert
from kantoor.management.models import Alert, AlertRecipient
from kantoor.management.models.alerts import QUIET
from kantoor.management.queries.figures import seen_figure

MANAGE = "management.manage_alerts"
LONGEST_M = 60 * 24 * 366
MOST_RECIPIENTS = 100


@action(permission=MANAGE, title=_("Set an alert"))
def set_alert(actor: Actor, /, *, alert: AlertDraft) -> int:
    """Have people told when a figure passes a threshold; gives the key of the alert.

    Raises NotFound or NotAllowed for the figure, NotFound for who has no account, InvalidInput.
    """
    figure = seen_figure(actor, alert.figure, "figure")
    threshold = exact(actor, figure, alert.threshold, "threshold")
    back = threshold if alert.back is None else exact(actor, figure, alert.back, "back")
    row = Alert(
        company_id=actor.company_id, figure=figure.name, comparison=alert.comparison,
        set_at=timezone.now(),
    )  # fmt: skip
    _fill(row, threshold, back, alert.lasting_minutes, alert.every_minutes)
    row.save()
    _tell(row, people(actor, alert.recipients, "recipients"))
    concerns(about(row))
    return row.pk


@action(permission=MANAGE, title=_("Change an alert"))
def change_alert(actor: Actor, /, *, change: AlertChange) -> None:
    """Change an alert, or watch no more (`active`); a changed threshold begins anew.

    Raises UnknownAlert, NotFound, InvalidInput.
    """
    row = _alert(actor, change.alert)
    figure = figure_named(row.figure)
    was = (row.comparison, threshold_of(row), back_of(row))
    threshold, back = was[1], was[2]
    if change.threshold is not None:
        threshold = exact(actor, figure, change.threshold, "threshold")
        # Where it was back at the threshold itself, it goes with it.
        back = threshold if was[1] == was[2] else back
    if change.back is not None:
        back = exact(actor, figure, change.back, "back")
    row.comparison = change.comparison or row.comparison
    lasting = row.lasting_m if change.lasting_minutes is None else change.lasting_minutes
    _fill(row, threshold, back, lasting, change.every_minutes or row.every_m)
    if change.active is not None:
        row.active = change.active
    if (row.comparison, threshold, back) != was or not row.active:
        row.state, row.since = QUIET, None
    row.save()
    if change.recipients is not None:
        _tell(row, people(actor, change.recipients, "recipients"))
    concerns(about(row))


@action(permission=MANAGE, title=_("Mute an alert"))
def mute_alert(actor: Actor, /, *, mute: MuteDraft) -> None:
    """Tell nobody of an alert until a moment; without one, tell again. Raises UnknownAlert."""
    row = _alert(actor, mute.alert)
    row.muted_until = _in_time(mute.until)
    row.save()
    concerns(about(row))


def about(row: Alert) -> str:
    """What acts on an alert are about."""
    return f"management.alert/{row.pk}"


def threshold_of(row: Alert) -> Fraction:
    """The threshold, as the figure has it."""
    return Fraction(row.threshold_numerator, row.threshold_denominator)


def back_of(row: Alert) -> Fraction:
    """The level at which it is normal again."""
    return Fraction(row.back_numerator, row.back_denominator)


def rule_of(row: Alert) -> Rule:
    """What an alert watches for."""
    lasting = timedelta(minutes=row.lasting_m)
    return Rule(row.comparison, threshold_of(row), back_of(row), lasting)


def _fill(row: Alert, threshold: Fraction, back: Fraction, lasting: int, every: int) -> None:
    row.threshold_numerator, row.threshold_denominator = threshold.as_integer_ratio()
    row.back_numerator, row.back_denominator = back.as_integer_ratio()
    row.lasting_m = between(lasting, 0, LONGEST_M, "lasting_minutes")
    row.every_m = between(every, 5, LONGEST_M, "every_minutes")
    if not rule_of(row).in_order():
        message = _("What is normal again lies beyond the threshold itself.")
        raise InvalidInput(message, field="back")


def _in_time(until: datetime | None) -> datetime | None:
    if until is not None and until > timezone.now() + timedelta(days=3660):
        raise InvalidInput(_("This is too far off."), field="until")
    return until


def _tell(row: Alert, users: Sequence[User]) -> None:
    """Let exactly these people be told."""
    if len(users) > MOST_RECIPIENTS:
        message = _("Name at most {most} people.").format(most=MOST_RECIPIENTS)
        raise InvalidInput(message, field="recipients")
    keep = {user.pk for user in users}
    there = {each.user_id: each.pk for each in AlertRecipient.objects.filter(alert=row)}
    gone = [key for user, key in there.items() if user not in keep]
    if gone:
        AlertRecipient.objects.filter(pk__in=gone).delete()
    AlertRecipient.objects.bulk_create(
        AlertRecipient(alert=row, user_id=key) for key in sorted(keep - set(there))
    )


def _alert(actor: Actor, key: int) -> Alert:
    row = scoped(actor, Alert).select_for_update().filter(pk=key).first()
    if row is None:
        raise UnknownAlert(_("There is no such alert."), field="alert")
    return row
