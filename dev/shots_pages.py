"""The pages that bin/shots takes pictures of: add a line for each page worth looking at."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Page:
    """A page: the name of its pictures, its address, and what is pressed before the picture.

    `press` are keys and `click` selectors, in that order. `keep` puts the wide light and dark and
    the narrow light picture, in English, and the wide light one in Dutch, into docs/shots; the
    others are only for looking at. `whole` takes the page down to its foot.
    """

    name: str
    address: str
    press: tuple[str, ...] = ()
    click: tuple[str, ...] = ()
    keep: bool = False
    whole: bool = False


SIGN_IN = "/sign-in"
"""Where one signs in: a form with `user` and `password`."""

PAGES = (
    Page("sign-in", "/sign-in"),
    Page("today", "/", keep=True),
    Page("palette", "/", press=("Control+k",)),
    Page("finance", "/finance", keep=True),
    Page("finance-invoices", "/finance/invoices", keep=True),
    Page("finance-invoices-filtered", "/finance/invoices?status=overdue&gross_min=500", click=(".k-chip.is-active summary",)),
    Page("finance-invoice", "/finance/invoices/2010-00001", keep=True),
    Page("finance-receivables", "/finance/receivables"),
    Page("finance-by-age", "/finance/receivables-by-age"),
    Page("finance-reconcile", "/finance/reconcile"),
    Page("finance-bank-lines", "/finance/bank-lines"),
    Page("finance-bank-accounts", "/finance/bank-accounts"),
    Page("finance-entries", "/finance/entries"),
    Page("finance-entries-selected", "/finance/entries", press=("j", "x", "j", "j", "x")),
    Page("finance-entry", "/finance/entries/SAL/2010/1"),
    Page("finance-post-entry", "/finance/do/post-entry", whole=True),
    Page("finance-accounts", "/finance/accounts?show=used"),
    Page("finance-account", "/finance/accounts/4000", whole=True),
    Page("finance-balance-sheet", "/finance/balance-sheet", keep=True),
    Page("finance-profit-and-loss", "/finance/profit-and-loss"),
    Page("finance-trial-balance", "/finance/trial-balance", keep=True),
    Page("finance-cash-flow", "/finance/cash-flow", keep=True),
    Page("finance-profit-over-time", "/finance/profit-and-loss-over-time?across=quarter", keep=True),
    Page("finance-balance-over-time", "/finance/balance-sheet-over-time?across=quarter"),
    Page("finance-report-layouts", "/finance/report-layouts"),
    Page("finance-export", "/finance/export-ledger"),
    Page("finance-import", "/finance/import-ledger"),
    Page("finance-general-ledger", "/finance/general-ledger?account=1100"),
    Page("finance-periods", "/finance/periods"),
    Page("finance-period", "/finance/periods/2010-12"),
    Page("finance-journals", "/finance/journals"),
    Page("finance-dimensions", "/finance/dimensions"),
    Page("finance-tax-codes", "/finance/tax-codes"),
    Page("sales", "/sales", keep=True),
    Page("sales-orders", "/sales/orders"),
    Page("sales-order", "/sales/orders/SO-000001"),
    Page("sales-customers", "/sales/customers"),
    Page("sales-customer", "/sales/customers/17850", keep=True),
    Page("sales-articles", "/sales/articles"),
    Page("sales-returns", "/sales/returns"),
    Page("sales-quotations", "/sales/quotations"),
    Page("sales-take-order", "/sales/do/take-order", whole=True),
    Page("sales-inbox", "/sales/inbox"),
    Page("sales-event", "/sales/inbox/1"),
    Page("sales-hand-in", "/sales/hand-in"),
    Page("shortcuts", "/finance/invoices", press=("?",)),
)  # fmt: skip
