"""Alerts as a register, and the page of one: where it stands, who is told, when it was raised."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import DomainError
from kantoor.kernel.pages.acts import act_for
from kantoor.kernel.pages.columns import Col
from kantoor.kernel.pages.list_view import Empty, ListView, Tab
from kantoor.kernel.pages.narrowing import Narrow
from kantoor.kernel.pages.plans import Given, Plan, plan
from kantoor.kernel.pages.record_view import RecordView, Thing
from kantoor.kernel.pages.references import page_of
from kantoor.kernel.ui.cells import Link, Status
from kantoor.kernel.ui.listing import Column, Row
from kantoor.kernel.ui.record_page import Document, Fact
from kantoor.management.queries.alerts import (
    AlertRow,
    AlertShown,
    NoticeRow,
    alert,
    alert_titles,
    alerts,
)
from kantoor.management.queries.figures import READ, figures_by_name
from kantoor.management.web import words


def rule_words(row: AlertRow) -> str:
    """When an alert is raised, in words."""
    if row.comparison == "above":
        return gettext("above %(threshold)s") % {"threshold": row.shown_threshold}
    return gettext("below %(threshold)s") % {"threshold": row.shown_threshold}


def _state(row: AlertRow) -> Status:
    if not row.active:
        return Status("off", gettext("Not watched"), "quiet")
    word, tone = words.ALERT_STATES[row.state]
    return Status(row.state, str(word), tone)


ALERTS = ListView(
    key="management.alerts",
    title=_("Alerts"),
    query=alerts,
    columns=[
        Col(key="title", title=_("Figure"), phone="title"),
        Col(key="rule", title=_("Told when it is"), value=rule_words, phone="meta"),
        Col(key="shown", title=_("Seen last"), align="end", phone="figure"),
        Col(key="state", title=_("State"), kind="status", value=_state),
        Col(key="since", title=_("Since"), kind="datetime"),
        Col(key="looked_at", title=_("Looked at"), kind="datetime"),
        Col(key="muted_until", title=_("Muted until"), kind="datetime", default=False),
    ],
    narrows=[
        Narrow(
            key="state",
            title=_("State"),
            choices={
                code: word for code, (word, _tone) in words.ALERT_STATES.items() if code != "back"
            },
        ),
        Narrow(key="active", title=_("Watched"), kind="boolean"),
    ],
    tabs=[Tab(_("Watched"), {"active": "1"}), Tab(_("Raised"), {"state": "raised"}), Tab(_("All"))],
    row_url=lambda row: words.alert_url(row.id),
    muted=lambda row: not row.active,
    new="management.set_alert",
    empty=Empty(
        _("No alerts"),
        _("Have people told when a figure passes a threshold, such as the cash at bank."),
        icon="bell",
    ),
)


def _show(actor: Actor, shown: AlertShown) -> Thing:
    row = shown.row
    here = words.alert_url(row.id)
    muted = row.muted_until is not None and row.muted_until > timezone.now()
    change = {"change.alert": row.id}
    return Thing(
        title=f"{row.title} {rule_words(row)}",
        row=row.id,
        state=_state(row),
        since=row.since,
        note=gettext("Nobody is told until it is unmuted.") if muted else "",
        facts=[
            Fact(gettext("Figure"), Link(row.title, words.figure_url(row.figure))),
            Fact(gettext("Seen last"), row.shown),
            Fact(gettext("Looked at"), row.looked_at),
            Fact(gettext("Back to normal at"), row.shown_back),
            Fact(gettext("Minutes that it has to last"), row.lasting_minutes),
            Fact(gettext("Looked at every so many minutes"), row.every_minutes),
            Fact(gettext("Who is told"), ", ".join(name for _code, name in shown.recipients)),
            *([Fact(gettext("Muted until"), row.muted_until)] if muted else []),
        ],
        document=_notices(shown.notices),
        main_action=act_for(
            actor, "management.change_alert", change, label=_("Change"), key="e", icon="edit",
            back=here,
        ),
        steps=[
            act_for(
                actor, "management.mute_alert", {"mute.alert": row.id}, label=_("Mute"),
                icon="bell", back=here,
            ),
        ],
    )  # fmt: skip


def _notices(rows: Sequence[NoticeRow]) -> Document:
    return Document(
        columns=[
            Column("at", gettext("When"), "datetime", phone="title"),
            Column("kind", gettext("What"), "status"),
            Column("shown", gettext("Figure"), align="end", phone="figure"),
            Column("told", gettext("Told")),
        ],
        lines=[
            Row(
                str(each.id),
                {
                    "at": each.at,
                    "kind": Status(
                        each.kind,
                        str(words.ALERT_STATES[each.kind][0]),
                        words.ALERT_STATES[each.kind][1],
                    ),
                    "shown": each.shown,
                    "told": gettext("no, muted") if each.muted else gettext("yes"),
                },
            )
            for each in rows
        ],
        note="" if rows else gettext("It was never raised."),
    )


ALERT = RecordView(
    key="management.alerts",
    title=_("Alert"),
    kind="management.alert",
    path="<int:alert>",
    find=alert,
    show=_show,
)


@page_of("management.alert", title=_("Alert"))
def alert_pages(actor: Actor, keys: Sequence[str]) -> Mapping[str, Link]:
    """The pages of alerts, by their key."""
    if not actor.may(READ):
        return {}
    found = alert_titles(actor, keys=[int(key) for key in keys if key.isdecimal()])
    return {str(key): Link(title, words.alert_url(key)) for key, title in found.items()}


def _alert_now(actor: Actor, given: Given) -> Given:
    """The particulars of the alert that the address names."""
    try:
        shown = alert(actor, alert=int(str(given.get("change.alert") or 0)))
    except (DomainError, ValueError):
        return {}
    row = shown.row
    return {
        "change.comparison": row.comparison,
        "change.threshold": row.threshold,
        "change.back": row.back,
        "change.recipients": [code for code, _name in shown.recipients],
        "change.lasting_minutes": row.lasting_minutes,
        "change.every_minutes": row.every_minutes,
        "change.active": row.active,
    }


def _to_alert(_actor: Actor, key: Any) -> str:
    return words.alert_url(key) if isinstance(key, int) else ""


plan(
    "management.set_alert",
    Plan(
        choices={
            "alert.figure": figures_by_name,
            "alert.recipients": words.people_by_sign_in,
        },
        goes_to=_to_alert,
    ),
)
plan(
    "management.change_alert",
    Plan(
        choices={"change.recipients": words.people_by_sign_in},
        kinds={"change.alert": "hidden"},
        prefill=_alert_now,
        in_palette=False,
    ),
)
plan("management.mute_alert", Plan(kinds={"mute.alert": "hidden"}, in_palette=False))
