"""The thresholds of VAT as a page: how near the company is to each, and what to do beyond it."""

from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.queries.vat.thresholds import ThresholdRow, vat_thresholds
from kantoor.kernel.pages.columns import Col, States
from kantoor.kernel.pages.list_view import Empty, ListView
from kantoor.kernel.ui.cells import Status

STATES: States = {
    "below": (_("Below"), "good"),
    "near": (_("Near"), "wait"),
    "above": (_("Above"), "bad"),
}


def _state(row: ThresholdRow) -> Status:
    word, tone = STATES[row.state]
    # Beyond one that the company doesn't rely on nothing is amiss.
    return Status(row.state, str(word), tone if row.applies else "quiet")


VAT_THRESHOLDS = ListView(
    key="finance.vat_thresholds",
    title=_("Thresholds of VAT"),
    query=vat_thresholds,
    columns=[
        Col(key="name", title=_("Threshold"), phone="title"),
        Col(key="rule", title=_("Rule"), default=False),
        Col(key="state", title=_("State"), kind="status", value=_state, phone="meta"),
        Col(key="limit", title=_("Up to"), kind="money"),
        Col(key="turnover", title=_("Turnover this year"), kind="money", phone="figure"),
        Col(key="percentage", title="%", kind="number"),
        Col(key="last_year", title=_("Last year"), kind="money"),
        Col(key="crossed_on", title=_("Above since"), kind="date"),
        Col(
            key="applies",
            title=_("Relied on"),
            value=lambda row: _("Yes") if row.applies else _("No"),
        ),
        Col(key="advice", title=_("What to do")),
    ],
    row_key="key",
    empty=Empty(
        _("No thresholds"),
        _("They are known for companies in the EU whose books are in euros."),
        icon="receipt-tax",
    ),
)
