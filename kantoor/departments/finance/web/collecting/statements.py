"""A customer's statement of account as a page, which also sends it as a PDF."""

from collections.abc import Mapping

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.queries.collecting.statement import (
    OwedRow,
    StatementOfAccount,
    statement_of_account,
)
from kantoor.departments.finance.web.collecting.reminders import reminder_url
from kantoor.departments.finance.web.figures import entry_url, invoice_url, money
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.pages.acts import act_for
from kantoor.kernel.pages.parties import party_url
from kantoor.kernel.pages.record_view import RecordView, Thing
from kantoor.kernel.ui.cells import Link, Party, Status
from kantoor.kernel.ui.listing import Act, Column, Row
from kantoor.kernel.ui.record_page import Document, Fact, Total

MOST = 1_000


def statement_url(party: str) -> str:
    """The statement of account of a customer."""
    return STATEMENT.address(party)


def _show(actor: Actor, found: StatementOfAccount) -> Thing:
    tone: Mapping[bool, Status] = {
        True: Status("overdue", gettext("Overdue"), "bad"),
        False: Status("open", gettext("Up to date"), "good"),
    }
    return Thing(
        title=found.party_name,
        state=tone[bool(found.overdue)],
        facts=[
            Fact(
                gettext("Customer"), Party(found.party_name, party_url(found.party), found.party)
            ),
            Fact(gettext("First day"), found.start),
            Fact(gettext("Last day"), found.end),
            Fact(gettext("Overdue"), money(actor, found.overdue)),
        ],
        document=Document(
            columns=[
                Column("date", gettext("Date"), "date", phone="meta"),
                Column("document", gettext("Document"), "link", phone="title"),
                Column("text", gettext("Description"), phone="hidden"),
                Column("debit", gettext("Invoiced"), "money"),
                Column("credit", gettext("Paid"), "money"),
                Column("balance", gettext("Balance"), "money", currency=found.currency, phone="figure"),
            ],
            lines=[_line(actor, n, each) for n, each in enumerate(found.rows[-MOST:])],
            totals=[
                Total(gettext("Balance before"), money(actor, found.opening)),
                Total(gettext("Balance"), money(actor, found.closing), strong=True),
            ],
        ),
        main_action=Act(
            gettext("PDF"), f"{STATEMENT.address(found.party)}/pdf", icon="file-type-pdf", key="p"
        ),
        steps=[
            act_for(
                actor, "finance.receive_payment", label=_("Book a payment"), icon="cash",
                party=found.party, back=statement_url(found.party),
            ),
            act_for(
                actor, "finance.hold_reminders", icon="hand-stop", party=found.party,
                back=statement_url(found.party),
            ),
        ],
    )  # fmt: skip


def _line(actor: Actor, n: int, each: OwedRow) -> Row:
    urls = {
        "invoice": invoice_url(each.document),
        "credit_note": invoice_url(each.document),
        "reminder": reminder_url(each.document),
    }
    return Row(
        str(n),
        {
            "date": each.date,
            "document": Link(each.document, urls.get(each.kind, entry_url(each.document))),
            "text": each.text if each.text != each.document else "",
            "debit": money(actor, each.debit) if each.debit else None,
            "credit": money(actor, each.credit) if each.credit else None,
            "balance": money(actor, each.balance),
        },
    )


STATEMENT = RecordView(
    key="finance.statements_of_account",
    title=_("Statement of account"),
    kind="finance.statement_of_account",
    path="<str:party>",
    find=statement_of_account,
    show=_show,
)
