"""The register of accounts in systems as a page."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kantoor.departments.ict.queries.accounts.register import system_accounts
from kantoor.kernel.pages.bulk import Bulk
from kantoor.kernel.pages.columns import Col
from kantoor.kernel.pages.list_view import Empty, ListView, Tab
from kantoor.kernel.pages.narrowing import Narrow
from kantoor.kernel.pages.parties import party_url

ACCOUNTS = ListView(
    key="ict.accounts",
    title=_("Accounts in systems"),
    query=system_accounts,
    columns=[
        Col(
            key="party_name",
            title=_("Person"),
            kind="party",
            phone="title",
            url=lambda row: party_url(row.party),
        ),
        Col(key="system", title=_("System"), sort=True, phone="meta"),
        Col(key="name", title=_("Signs in as")),
        Col(
            key="opened_at",
            title=pgettext_lazy("account", "Opened"),
            kind="datetime",
            sort=True,
            phone="meta",
        ),
        Col(key="closed_at", title=pgettext_lazy("account", "Closed"), kind="datetime"),
    ],
    narrows=[Narrow(key="open", title=_("Open"), kind="boolean")],
    tabs=[Tab(_("Open"), {"open": "1"}), Tab(_("All"))],
    muted=lambda row: row.closed_at is not None,
    sort="-opened_at",
    search_hint=_("Person, system or name"),
    new="ict.open_account",
    bulk=[Bulk(action="ict.close_accounts", parameter="accounts", label=_("Close them"))],
    empty=Empty(
        _("No accounts yet"),
        _("Note who can sign in where, so that nothing is forgotten when they leave."),
        icon="key",
    ),
)
