"""Affiliates, and what they booked with this company."""

from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.queries.groups.mirrors import MirrorRow, affiliates, mirrors
from kantoor.departments.finance.web.figures import account_url, entry_url
from kantoor.kernel.pages.acts import url_of_action
from kantoor.kernel.pages.columns import Col, States
from kantoor.kernel.pages.list_view import Empty, ListView, Tab
from kantoor.kernel.pages.narrowing import Narrow
from kantoor.kernel.pages.parties import party_url

STATES: States = {
    "waiting": (_("Waits"), "wait"),
    "booked": (_("Booked"), "good"),
    "refused": (_("Refused"), "bad"),
    "withdrawn": (_("Withdrawn"), "quiet"),
}


def _opens(row: MirrorRow) -> str:
    if row.state == "waiting":
        return url_of_action("finance.accept_mirror", {"mirror": row.id})
    return entry_url(row.entry) if row.entry else ""


MIRRORS = ListView(
    key="finance.mirrors",
    title=_("From affiliates"),
    query=mirrors,
    columns=[
        Col(key="number", title=_("Document"), phone="title"),
        Col(
            key="party",
            title=_("Company"),
            kind="party",
            value="party_name",
            url=lambda row: party_url(row.party),
            phone="meta",
        ),
        Col(key="date", title=_("Date"), kind="date", sort=True, phone="meta"),
        Col(key="state", title=_("State"), kind="status", states=STATES),
        Col(
            key="amount",
            title=_("They are owed"),
            kind="money",
            currency="currency",
            sort=True,
            phone="figure",
        ),
        Col(key="why", title=_("Why"), default=False),
    ],
    narrows=[
        Narrow(
            key="state",
            title=_("State"),
            choices={name: word for name, (word, _tone) in STATES.items()},
        )
    ],
    tabs=[Tab(_("All")), Tab(_("To accept"), {"state": "waiting"})],
    sort="-date",
    row_url=_opens,
    empty=Empty(
        _("Nothing came from affiliates yet"),
        _("What another of your companies books with this one comes in here."),
        icon="building",
    ),
)
AFFILIATES = ListView(
    key="finance.affiliates",
    title=_("Affiliated companies"),
    query=affiliates,
    columns=[
        Col(key="company", title=_("Company"), phone="title"),
        Col(key="party", title=_("Code"), phone="meta"),
        Col(
            key="account",
            title=_("Booked to"),
            kind="link",
            url=lambda row: account_url(row.account),
        ),
        Col(key="at_once", title=_("At once"), value=lambda row: _("Yes") if row.at_once else ""),
        Col(
            key="mutual",
            title=_("Said by both"),
            value=lambda row: _("Yes") if row.mutual else _("Not yet"),
        ),
    ],
    new="finance.relate_company",
    row_key="party",
    empty=Empty(
        _("No affiliated companies yet"),
        _("Say which customers and suppliers are companies of your own."),
        icon="building",
    ),
)
