"""Alerts on figures that one may see, how they stand, and when they were raised."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from fractions import Fraction

import msgspec
from django.utils.encoding import force_str
from django.utils.translation import gettext_lazy as _

from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.figures import Figure, Value, figures_for, known_figure
from kantoor.kernel.paging import PAGE, Page, page_by
from kantoor.kernel.queries import query, scoped
from kantoor.kernel.store.asking import Question, ask
from kantoor.kernel.store.instants import canonical
from kantoor.management import values
from kantoor.management.errors import UnknownAlert
from kantoor.management.models import Alert, AlertNotice, AlertRecipient
from kantoor.management.models.alerts import RAISED
from kantoor.management.queries.figures import READ

TOLD = 30
"""How many notices are shown at most."""
NOTICED = (
    "SELECT a.figure, count(*) FROM management_alert_notice n"
    " JOIN management_alert a ON a.id = n.alert_id"
    " WHERE n.company_id = %s AND n.at >= %s AND NOT n.muted AND n.alert_id IN"
    " (SELECT alert_id FROM management_alert_recipient WHERE user_id = %s) GROUP BY a.figure"
)
"""Notices of alerts that name a user, by figure: in plain words, since every page asks it."""


class AlertRow(msgspec.Struct, frozen=True, kw_only=True):
    """An alert as listed; values in the figure's unit, `shown` as it was seen last."""

    id: int
    figure: str
    title: str
    comparison: str
    unit: str
    threshold: Decimal | None
    back: Decimal | None
    shown_threshold: str
    shown_back: str
    shown: str
    state: str
    since: datetime | None
    looked_at: datetime | None
    muted_until: datetime | None
    lasting_minutes: int
    every_minutes: int
    active: bool


class NoticeRow(msgspec.Struct, frozen=True, kw_only=True):
    """That an alert was raised, or went back; `muted` when nobody was told."""

    id: int
    alert: int
    title: str
    kind: str
    shown: str
    muted: bool
    at: datetime


class AlertShown(msgspec.Struct, frozen=True, kw_only=True):
    """An alert with who is told, and its last notices."""

    row: AlertRow
    recipients: list[tuple[str, str]]
    notices: list[NoticeRow]


@query(permission=READ, title=_("Alerts"), exposed=True)
def alerts(
    actor: Actor, /, *, state: str = "", active: bool | None = None, cursor: str = "",
    limit: int = PAGE,
) -> Page[AlertRow]:  # fmt: skip
    """The alerts on figures that one may see, the newest first."""
    found = scoped(actor, Alert).filter(figure__in=_names(actor))
    if state:
        found = found.filter(state=state)
    if active is not None:
        found = found.filter(active=active)
    page = page_by(
        found.select_related("check_now"), order=("-id",), cursor=cursor, limit=limit, totals={}
    )
    return page.map(lambda row: _row(actor, row))


@query(permission=READ, title=_("An alert"), exposed=True)
def alert(actor: Actor, /, *, alert: int) -> AlertShown:
    """One alert by its key. Raises UnknownAlert, also where one may not see the figure."""
    rows = scoped(actor, Alert).select_related("check_now").filter(figure__in=_names(actor))
    row = rows.filter(pk=alert).first()
    if row is None:
        raise UnknownAlert(_("There is no such alert."), field="alert")
    told = AlertRecipient.objects.filter(alert=row).select_related("user").order_by("user__name")
    notices = AlertNotice.objects.filter(alert=row).order_by("-pk")[:50]
    return AlertShown(
        row=_row(actor, row),
        recipients=[(each.user.sign_in, each.user.name) for each in told],
        notices=[_notice(actor, each, row.figure) for each in notices],
    )


@query(permission=READ, title=_("Alerts that are raised for me"))
def my_alerts(actor: Actor, /) -> list[AlertRow]:
    """The alerts that name one and are raised now."""
    mine = AlertRecipient.objects.filter(user_id=actor.user_id or 0).values("alert")
    rows = scoped(actor, Alert).filter(pk__in=mine, state=RAISED, active=True)
    found = rows.filter(figure__in=_names(actor)).select_related("check_now").order_by("-since")
    return [_row(actor, row) for row in found[:20]]


@query(permission=READ, title=_("Notices of alerts that name me"))
def my_notices(actor: Actor, /, *, since: datetime) -> list[NoticeRow]:
    """What one was told of since a moment, the latest first."""
    mine = AlertRecipient.objects.filter(user_id=actor.user_id or 0).values("alert")
    rows = scoped(actor, AlertNotice).filter(at__gte=since, alert__in=mine, muted=False)
    found = rows.filter(alert__figure__in=_names(actor)).select_related("alert")
    return [_notice(actor, each, each.alert.figure) for each in found.order_by("-at")[:TOLD]]


@query(permission=READ, title=_("How many notices of alerts name me"))
def my_notice_count(actor: Actor, /, *, since: datetime) -> int:
    """How many one was told of since a moment, as many as are shown."""
    mine = [actor.company_id, canonical(since), actor.user_id or 0]
    found: list[tuple[str, int]] = ask(Question(NOTICED, mine, list))
    may_see = (
        many for name, many in found if (of := known_figure(name)) and actor.may(of.permission)
    )
    return min(sum(may_see), TOLD)


@query(permission=READ, title=_("Alerts by their keys"))
def alert_titles(actor: Actor, /, *, keys: Sequence[int]) -> dict[int, str]:
    """What alerts are on, by their keys."""
    rows = scoped(actor, Alert).filter(pk__in=keys, figure__in=_names(actor))
    return {row.pk: _title(row.figure) for row in rows}


def _names(actor: Actor) -> list[str]:
    return [each.name for each in figures_for(actor)]


def _title(name: str) -> str:
    found = known_figure(name)
    return force_str(found.title) if found else name


def _row(actor: Actor, row: Alert) -> AlertRow:
    figure = known_figure(row.figure)
    assert figure is not None, "those of figures that are not there are not listed"
    threshold = Fraction(row.threshold_numerator, row.threshold_denominator)
    back = Fraction(row.back_numerator, row.back_denominator)
    seen = getattr(row, "check_now", None)
    value: Value = None
    if seen is not None and seen.numerator is not None:
        value = Fraction(seen.numerator, seen.denominator)
    return AlertRow(
        id=row.pk, figure=row.figure, title=_title(row.figure), comparison=row.comparison,
        unit=values.unit(figure.kind, actor.currency),
        threshold=_in_unit(actor, figure, threshold), back=_in_unit(actor, figure, back),
        shown_threshold=_shown(actor, figure, threshold), shown_back=_shown(actor, figure, back),
        shown=_shown(actor, figure, value), state=row.state, since=row.since,
        looked_at=seen.at if seen else None, muted_until=row.muted_until,
        lasting_minutes=row.lasting_m, every_minutes=row.every_m, active=row.active,
    )  # fmt: skip


def _notice(actor: Actor, row: AlertNotice, name: str) -> NoticeRow:
    figure = known_figure(name)
    value = Fraction(row.numerator, row.denominator)
    return NoticeRow(
        id=row.pk, alert=row.alert_id, title=_title(name), kind=row.kind,
        shown=_shown(actor, figure, value) if figure else "", muted=row.muted, at=row.at,
    )  # fmt: skip


def _in_unit(actor: Actor, figure: Figure, value: Value) -> Decimal | None:
    return values.in_unit(figure.kind, value, actor.currency)


def _shown(actor: Actor, figure: Figure, value: Value) -> str:
    return values.shown(figure.kind, value, actor.currency)
