"""Retention, holds, proposals and looks as registers."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kantoor.departments.hr.queries.privacy.registers import (
    legal_holds,
    looks,
    looks_at_me,
    retention_proposals,
    retention_rules,
)
from kantoor.kernel.pages.acts import act_for, url_of_action
from kantoor.kernel.pages.bulk import Bulk
from kantoor.kernel.pages.columns import Col, States
from kantoor.kernel.pages.list_view import Empty, ListView, Tab
from kantoor.kernel.pages.narrowing import Narrow

KINDS = {"pay": _("Pay"), "sickness": _("Sickness"), "export": _("All data")}
STATES: States = {
    "proposed": (pgettext_lazy("data", "May go"), "wait"),
    "released": (pgettext_lazy("data", "Gone"), "quiet"),
}
_LOOKED = [
    Col(key="at", title=_("When"), kind="datetime", sort=True, phone="meta"),
    Col(key="by", title=_("Who looked"), phone="title"),
    Col(key="kind", title=_("At what"), value=lambda r: KINDS.get(r.kind, r.kind)),
]

RULES = ListView(
    key="hr.retention",
    title=_("Retention"),
    query=retention_rules,
    columns=[
        Col(key="table", title=_("Table"), phone="title"),
        Col(key="field", title=_("Counted from")),
        Col(key="months", title=_("Months"), kind="number", phone="figure"),
        Col(key="ground", title=_("Ground")),
    ],
    muted=lambda row: not row.active,
    row_url=lambda row: url_of_action(
        "hr.set_retention_rule",
        {
            "rule.table": row.table,
            "rule.field": row.field,
            "rule.months": row.months,
            "rule.ground": row.ground,
        },
    ),
    new="hr.set_retention_rule",
    more=lambda actor: [
        act_for(actor, "hr.take_over_periods", icon="download", at_once=True, back="/hr/retention")
    ],
    empty=Empty(
        _("No periods yet"),
        _("Say for each table how long its data is kept, from which day, and on what ground."),
        icon="clock",
    ),
)

PROPOSALS = ListView(
    key="hr.letting_go",
    title=_("What may go"),
    query=retention_proposals,
    columns=[
        Col(key="over_on", title=_("Over on"), kind="date", sort=True, phone="meta"),
        Col(key="table", title=_("Table"), phone="title"),
        Col(key="row", title=_("Row"), kind="number"),
        Col(key="ground", title=_("Ground")),
        Col(key="state", title=_("State"), kind="status", states=STATES),
    ],
    narrows=[
        Narrow(
            key="state",
            title=_("State"),
            choices={code: word for code, (word, _tone) in STATES.items()},
        )
    ],
    tabs=[Tab(_("May go"), {"state": "proposed"}), Tab(_("All"))],
    sort="over_on",
    bulk=[Bulk(action="hr.release_proposals", parameter="proposals", label=_("Let it go"))],
    empty=Empty(_("Nothing may go"), _("What is over comes here by itself."), icon="check"),
)

HOLDS = ListView(
    key="hr.holds",
    title=_("Legal holds"),
    query=legal_holds,
    columns=[
        Col(key="since", title=_("Since"), kind="datetime", phone="meta"),
        Col(key="person", title=_("Person"), value=lambda r: r.person or _("Everything")),
        Col(key="why", title=_("Reason"), phone="title"),
        Col(key="set_by", title=_("Set by")),
        Col(key="ended_at", title=_("Ended"), kind="datetime"),
    ],
    narrows=[Narrow(key="ended", title=_("Ended"), kind="boolean")],
    tabs=[Tab(_("In force"), {"ended": "0"}), Tab(_("All"))],
    muted=lambda row: row.ended_at is not None,
    new="hr.set_legal_hold",
    bulk=[Bulk(action="hr.end_legal_holds", parameter="holds", label=_("End them"))],
    empty=Empty(_("No holds"), _("A hold keeps data whatever its period."), icon="lock"),
)

LOOKS = ListView(
    key="hr.looks",
    title=_("Who looked"),
    query=looks,
    columns=[
        *_LOOKED,
        Col(key="person", title=_("At whom"), value=lambda r: r.person or _("Many at once")),
        Col(key="query", title=_("Where")),
    ],
    narrows=[Narrow(key="kind", title=_("At what"), choices=KINDS)],
    sort="-at",
    search_hint=_("Who looked, or at whom"),
    empty=Empty(_("Nobody looked"), _("Looks at pay and sick notes stand here."), icon="eye"),
)

LOOKS_AT_ME = ListView(
    key="hr.looks_at_me",
    title=_("Who looked at my data"),
    query=looks_at_me,
    columns=_LOOKED,
    sort="-at",
    empty=Empty(
        _("Nobody looked"), _("Who looks at your pay or sick notes stands here."), icon="eye"
    ),
)
