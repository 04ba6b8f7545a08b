"""Alerts and maintenance as registers."""

from django.utils.translation import gettext_lazy as _

from kantoor.departments.ict.queries.servers.alerts import alerts
from kantoor.departments.ict.queries.servers.maintenance import maintenance
from kantoor.departments.ict.web.servers import words
from kantoor.kernel.pages.bulk import Bulk
from kantoor.kernel.pages.columns import Col
from kantoor.kernel.pages.list_view import Empty, ListView, Tab
from kantoor.kernel.pages.narrowing import Narrow

ALERTS = ListView(
    key="ict.alerts",
    title=_("Alerts"),
    query=alerts,
    columns=[
        Col(key="starts_at", title=_("Began"), kind="datetime", sort=True, phone="meta"),
        Col(key="ends_at", title=_("Over"), kind="datetime"),
        Col(key="name", title=_("Alert"), sort=True, phone="title"),
        Col(key="summary", title=_("What is the matter")),
        Col(key="server", title=_("Server"), kind="link", url=lambda r: words.server_url(r.server)),
        Col(key="severity", title=_("Severity")),
        Col(key="state", title=_("State"), kind="status", states=words.ALERT_STATES),
        Col(key="labels", title=_("Labels"), default=False),
    ],
    narrows=[
        Narrow(
            key="state",
            title=_("State"),
            choices={code: word for code, (word, _tone) in words.ALERT_STATES.items()},
        ),
        Narrow(key="server", title=_("Server"), kind="text"),
    ],
    tabs=[Tab(_("Fires"), {"state": "firing"}), Tab(_("All"))],
    sort="-starts_at",
    search_hint=_("Name or what is the matter"),
    empty=Empty(
        _("No alerts"),
        _("Let Alertmanager report to /alerts/alertmanager, with a token for ict.report_alerts."),
        icon="bell",
    ),
)

MAINTENANCE = ListView(
    key="ict.maintenance",
    title=_("Maintenance"),
    query=maintenance,
    columns=[
        Col(key="begins_at", title=_("Begins"), kind="datetime", sort=True, phone="meta"),
        Col(key="ends_at", title=_("Ends"), kind="datetime", sort=True, phone="figure"),
        Col(key="server", title=_("Server"), value=lambda r: r.server or _("All servers")),
        Col(key="why", title=_("Reason"), phone="title"),
    ],
    narrows=[
        Narrow(key="server", title=_("Server"), kind="text"),
        Narrow(key="over", title=_("Over"), kind="boolean"),
    ],
    tabs=[Tab(_("Now and later"), {"over": "0"}), Tab(_("All"))],
    sort="-begins_at",
    new="ict.plan_maintenance",
    bulk=[Bulk(action="ict.end_maintenance", parameter="maintenance", label=_("End now"))],
    empty=Empty(_("No maintenance"), _("Plan it, so that nobody is called for it."), icon="tool"),
)
