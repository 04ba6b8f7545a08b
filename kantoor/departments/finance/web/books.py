"""The registers that set up the books: journals, dimensions and tax codes."""

from urllib.parse import quote

from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.queries.accounts import dimensions, journals
from kantoor.departments.finance.queries.tax_codes import tax_code_register
from kantoor.departments.finance.web.figures import account_url
from kantoor.kernel.pages.columns import Col
from kantoor.kernel.pages.list_view import Empty, ListView

JOURNAL_KINDS = {
    "sales": _("Sales"),
    "credit_notes": _("Credit notes"),
    "purchases": _("Purchases"),
    "bank": _("Bank"),
    "cash": _("Cash"),
    "general": _("General"),
    "opening": _("Opening"),
    "closing": _("Closing"),
}

USES = {"sale": _("Sale"), "purchase": _("Purchase")}

JOURNALS = ListView(
    key="finance.journals",
    title=_("Journals"),
    query=journals,
    columns=[
        Col(key="code", title=_("Code"), phone="meta"),
        Col(key="name", title=_("Name"), phone="title"),
        Col(key="kind", title=_("Kind"), value=lambda row: JOURNAL_KINDS.get(row.kind, row.kind)),
    ],
    row_url=lambda row: f"/finance/entries?journal={quote(row.code)}",
    new="finance.add_journal",
)
DIMENSIONS = ListView(
    key="finance.dimensions",
    title=_("Dimensions"),
    query=dimensions,
    columns=[
        Col(key="code", title=_("Code"), phone="meta"),
        Col(key="name", title=_("Name"), phone="title"),
        Col(
            key="values",
            title=_("Values"),
            value=lambda row: ", ".join(f"{code} {name}" for code, name in row.values.items()),
        ),
    ],
    row_url=lambda row: f"/finance/do/add-dimension-value?dimension={quote(row.code)}",
    new="finance.add_dimension",
    empty=Empty(
        _("No dimensions yet"),
        _("Sort lines by cost centre, project, or whatever you report by."),
        icon="tags",
    ),
)
TAX_CODES = ListView(
    key="finance.tax_codes",
    title=_("Tax codes"),
    query=tax_code_register,
    columns=[
        Col(key="code", title=_("Code"), phone="meta"),
        Col(key="name", title=_("Name"), phone="title"),
        Col(key="use", title=_("Use"), value=lambda row: USES[row.use]),
        Col(
            key="rate",
            title=_("Rate"),
            value=lambda row: f"{row.rate.normalize():f} %",
            align="end",
        ),
        Col(key="category", title=_("Category"), default=False),
        Col(key="valid_from", title=_("Since"), kind="date"),
        Col(key="valid_to", title=_("Until"), kind="date"),
        Col(
            key="sales_account",
            title=_("Revenue"),
            kind="link",
            value=lambda row: row.sales_account or None,
            url=lambda row: account_url(row.sales_account),
        ),
        Col(
            key="tax_account",
            title=_("VAT"),
            kind="link",
            value=lambda row: row.tax_account or None,
            url=lambda row: account_url(row.tax_account),
        ),
        Col(
            key="input_account",
            title=_("Input VAT"),
            kind="link",
            value=lambda row: row.input_account or None,
            url=lambda row: account_url(row.input_account),
        ),
        Col(key="reason", title=_("Reason"), default=False),
    ],
    empty=Empty(
        _("No tax codes yet"),
        _("Each is made with the first sale or purchase that needs it."),
        icon="receipt-tax",
    ),
)
