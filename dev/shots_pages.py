"""The pages that bin/shots takes pictures of: add a line for each page worth looking at."""

from dataclasses import dataclass
from datetime import datetime, timedelta

SHOP, TRADE = "Giftware Online Ltd", "De Linde Handel BV"
"""The companies of the demonstration."""
YEAR = (datetime.now().astimezone() - timedelta(days=100)).year
"""The year that the books of the trading company begin with."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page: the name of its pictures, its address, and what is pressed before the picture.

    `press` are keys and `click` selectors, in that order. `keep` puts the wide light and dark and
    the narrow light picture, in English, and the wide light one in Dutch, into docs/shots; the
    others are only for looking at. `whole` takes the page down to its foot. `company` is the one of
    the demonstration whose page it is.
    """

    name: str
    address: str
    press: tuple[str, ...] = ()
    click: tuple[str, ...] = ()
    keep: bool = False
    whole: bool = False
    company: str = SHOP


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
    Page("finance-entries", "/finance/entries"),
    Page("finance-entries-selected", "/finance/entries", press=("j", "x", "j", "j", "x")),
    Page("finance-entry", "/finance/entries/SAL/2010/1"),
    Page("finance-post-entry", "/finance/do/post-entry", whole=True),
    Page("finance-accounts", "/finance/accounts?show=used"),
    Page("finance-account", "/finance/accounts/4000", whole=True),
    Page("finance-balance-sheet", "/finance/balance-sheet", keep=True),
    Page("finance-profit-and-loss", "/finance/profit-and-loss"),
    Page("finance-trial-balance", "/finance/trial-balance", keep=True),
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
    Page("procedures", "/procedures", company=TRADE),
    Page("procedures-tasks", "/procedures/tasks", company=TRADE),
    Page("procedures-task", "/procedures/tasks/2", company=TRADE),
    Page("procedures-under-way", "/procedures/instances", company=TRADE),
    Page("procedures-instance", "/procedures/instances/2", keep=True, company=TRADE, whole=True),
    Page("procedures-leaver", "/procedures/instances/4", company=TRADE, whole=True),
    Page("procedures-start", "/procedures/start", company=TRADE),
    Page("procedures-all", "/procedures/procedures", company=TRADE),
    Page("procedures-procedure", "/procedures/procedures/joiner", company=TRADE, whole=True),
    Page("procedures-editor", "/procedures/editor?procedure=leaver", company=TRADE),
    Page("inbox", "/today/inbox", keep=True, company=TRADE),
    Page("management", "/management", company=TRADE),
    Page("management-dashboard", "/management/dashboards", keep=True, company=TRADE, whole=True),
    Page("management-dashboard-edit", "/management/dashboards?edit=1", company=TRADE, whole=True),
    Page("management-dashboard-hr", "/management/dashboards/hr", company=TRADE),
    Page("management-objectives", "/management/objectives", company=TRADE),
    Page("management-objective", "/management/objectives/2", keep=True, company=TRADE, whole=True),
    Page("management-figures", "/management/figures", company=TRADE),
    Page("management-figure", "/management/figures/finance.revenue", company=TRADE),
    Page("management-alerts", "/management/alerts", company=TRADE),
    Page("management-alert", "/management/alerts/1", company=TRADE),
    Page("management-reports", "/management/reports", company=TRADE),
    Page("management-set-alert", "/management/do/set-alert", company=TRADE),
    Page("management-add-card", "/management/do/add-card?dashboard=directie", company=TRADE),
    Page("trade", "/finance", keep=True, company=TRADE),
    Page("trade-reconcile", "/finance/reconcile", keep=True, company=TRADE),
    Page("trade-bank-lines", "/finance/bank-lines", company=TRADE),
    Page("trade-bank-accounts", "/finance/bank-accounts", company=TRADE),
    Page("trade-bank-statements", "/finance/bank-statements", company=TRADE),
    Page("trade-purchases", "/finance/purchase-invoices", company=TRADE),
    Page("trade-purchase", "/finance/purchase-invoices/PI-000083", keep=True, company=TRADE),
    Page("trade-order", "/finance/purchase-orders/PO-000001", company=TRADE),
    Page("trade-supplier", "/finance/suppliers/L-KLEI", company=TRADE),
    Page("trade-payables-by-age", "/finance/payables-by-age", company=TRADE),
    Page("trade-what-can-be-paid", "/finance/payment-proposal", company=TRADE),
    Page("trade-payment-run", "/finance/payment-runs/PAY-000001", keep=True, company=TRADE),
    Page("trade-party-accounts", "/finance/party-accounts", company=TRADE),
    Page("trade-mandates", "/finance/mandates", company=TRADE),
    Page("trade-reminders", "/finance/reminders", company=TRADE),
    Page("trade-recurring", "/finance/recurring-invoices", company=TRADE),
    Page("trade-vat-returns", "/finance/vat-returns", company=TRADE),
    Page("trade-vat-return", f"/finance/vat-returns/{YEAR}-Q1", keep=True, company=TRADE, whole=True),
    Page("trade-icp", "/finance/icp-listing", company=TRADE),
    Page("trade-vat-reconciliation", "/finance/vat-reconciliation", company=TRADE),
    Page("trade-assets", "/finance/assets", company=TRADE),
    Page("trade-asset-movements", "/finance/asset-movements", keep=True, company=TRADE),
    Page("trade-spreads", "/finance/spreads", company=TRADE),
    Page("trade-deferred", "/finance/deferred-balances", company=TRADE),
    Page("trade-budget", "/finance/budget-comparison", keep=True, company=TRADE),
    Page("trade-cash-flow", "/finance/cash-flow", keep=True, company=TRADE),
    Page("trade-profit-over-time", "/finance/profit-and-loss-over-time?across=quarter", keep=True, company=TRADE),
    Page("trade-balance-over-time", "/finance/balance-sheet-over-time?across=quarter", company=TRADE),
    Page("trade-checklist", "/finance/checklist", company=TRADE),
    Page("trade-exposure", "/finance/exposure", company=TRADE),
    Page("trade-rates", "/finance/rates", company=TRADE),
    Page("trade-affiliates", "/finance/affiliates", company=TRADE),
    Page("trade-consolidation", "/finance/consolidation", keep=True, company=TRADE),
    Page("ict", "/ict", keep=True, company=TRADE),
    Page("ict-telephone", "/ict/telephone?caller=M0110", keep=True, company=TRADE),
    Page("ict-cases", "/ict/cases", company=TRADE),
    Page("ict-case", "/ict/cases/INC-000001", company=TRADE, keep=True),
    Page("ict-deadlines", "/ict/deadlines", company=TRADE),
    Page("ict-devices", "/ict/devices", company=TRADE),
    Page("ict-device", "/ict/devices/D-000001", keep=True, company=TRADE),
    Page("ict-handover", "/ict/handovers/H-000001", company=TRADE),
    Page("ict-status", "/ict/status", company=TRADE),
    Page("ict-server", "/ict/servers/linde-app1", company=TRADE),
    Page("ict-backups", "/ict/backups", company=TRADE),
    Page("ict-mailboxes", "/ict/mailboxes", company=TRADE),
    Page("hr-employees", "/hr/employees", company=TRADE),
    Page("hr-employee", "/hr/employees/M0105", company=TRADE, whole=True),
    Page("hr-hand-in", "/hr/documents/hand-in?employee=M0105", company=TRADE),
    Page("hr-organisation", "/hr/organisation", company=TRADE),
    Page("hr-leave", "/hr/leave", company=TRADE),
    Page("hr-candidates", "/hr/candidates", company=TRADE),
    Page("hr-reviews", "/hr/reviews", company=TRADE),
    Page("hr-review", "/hr/reviews/5", company=TRADE),
    Page("hr-objectives", "/hr/objectives", company=TRADE),
    Page("hr-training-gaps", "/hr/training-gaps", company=TRADE),
    Page("hr-retention", "/hr/retention", company=TRADE),
    Page("communication", "/communication", company=TRADE),
    Page("intranet", "/communication/news", keep=True, company=TRADE),
    Page("intranet-item", "/communication/news/til-nooit-alleen-meer-dan-15-kilo", keep=True, whole=True, company=TRADE),
    Page("mail", "/communication/mail-preview/til-nooit-alleen-meer-dan-15-kilo", keep=True, whole=True, company=TRADE),
    Page("press-page", "/communication/press-page", company=TRADE),
    Page("screens", "/communication/screens", company=TRADE),
)  # fmt: skip
