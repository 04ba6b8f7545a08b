"""The page of a claim: its lines with their receipts, and what can be done next."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from django.utils.encoding import force_str
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kantoor.departments.hr.queries.expenses.claims import (
    ClaimShown,
    ExpenseRow,
    claim_numbers,
    expense_claim,
)
from kantoor.departments.hr.web.expenses import words
from kantoor.departments.hr.web.expenses.lists import ENTER
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.money import exponent
from kantoor.kernel.pages.acts import act_for
from kantoor.kernel.pages.record_view import RecordView, Thing
from kantoor.kernel.pages.references import page_of
from kantoor.kernel.ui.cells import Cell, Link, Money
from kantoor.kernel.ui.formats import number
from kantoor.kernel.ui.listing import Act, Column, Row
from kantoor.kernel.ui.record_page import Document, Fact, Total


def show(actor: Actor, shown: ClaimShown) -> Thing:
    """A claim: what was paid, when and for what."""
    row = shown.claim
    return Thing(
        title=row.title or row.number,
        row=row.id,
        state=words.state(row.state),
        note=_note(shown),
        facts=_facts(actor, shown),
        document=_lines(actor, shown.lines),
        steps=_steps(actor, shown),
        breadcrumb=[
            Link(gettext("My claims"), "/hr/my-claims")
            if shown.mine
            else Link(gettext("Expense claims"), "/hr/claims")
        ],
    )


def _note(shown: ClaimShown) -> str:
    if shown.owed is None:
        return ""
    if shown.owed == 0:
        return gettext("Repaid.")
    if shown.run:
        return gettext("Payment run %(run)s repays it.") % {"run": shown.run}
    return gettext("It is repaid with the next payments.")


def _facts(actor: Actor, shown: ClaimShown) -> list[Fact]:
    row = shown.claim
    found: list[tuple[str, Cell]] = [
        (gettext("Number"), row.number),
        (gettext("Employee"), row.person),
        (gettext("Handed in"), row.submitted_at),
        (gettext("Decided by"), shown.decided_by),
        (gettext("Checked by"), shown.checked_by),
        (gettext("Reason"), shown.why),
        (gettext("Entry"), _entry(actor, shown.entry)),
        (gettext("Taken back by"), _entry(actor, shown.reversal)),
    ]
    return [Fact(label, value) for label, value in found if value]


def _entry(actor: Actor, entry: str) -> Cell:
    may = entry and actor.may("finance.read_ledger")
    return Link(entry, f"/finance/entries/{entry}") if may else entry


def _lines(actor: Actor, lines: Sequence[ExpenseRow]) -> Document:
    places = exponent(actor.currency)
    taxable = sum(line.taxable for line in lines)
    totals = [Total(gettext("Total"), Money(sum(line.own for line in lines), places), strong=True)]
    if taxable:
        label = gettext("Of which taxed as wage")
        totals.append(Total(label, Money(taxable, places)))
    return Document(
        columns=[
            Column("date", gettext("Date"), "date", phone="meta"),
            Column("what", gettext("What"), phone="title"),
            Column("said", gettext("As said")),
            Column("receipt", gettext("Receipt"), "link"),
            Column("own", gettext("Amount"), "money", phone="figure", currency=actor.currency),
        ],
        lines=[Row(str(line.id), _cells(actor, line, places)) for line in lines],
        totals=totals,
    )


def _cells(actor: Actor, line: ExpenseRow, places: int) -> Mapping[str, Cell]:
    reason = gettext("Above the limit: %(why)s") % {"why": line.reason} if line.reason else ""
    words_of = " · ".join(part for part in (line.category, line.text, reason) if part)
    receipt = Link(gettext("See it"), f"/hr/receipts/{line.id}") if line.has_receipt else None
    return {
        "date": line.date,
        "what": words_of,
        "said": _said(actor, line),
        "receipt": receipt,
        "own": Money(line.own, places),
    }


def _said(actor: Actor, line: ExpenseRow) -> str:
    """Kilometres, days or foreign money, as they were said."""
    if line.quantity is not None and line.rate is not None:
        unit = gettext("km") if line.kind == "mileage" else gettext("days")
        return f"{number(line.quantity.normalize())} {unit} × {number(line.rate.normalize())}"
    if line.currency != actor.currency:
        amount = Decimal(line.amount).scaleb(-exponent(line.currency))
        return f"{line.currency} {number(amount)}"
    return ""


def _steps(actor: Actor, shown: ClaimShown) -> list[Act | None]:
    row = shown.claim
    here, given = words.claim_url(row.number), {"claim": row.number}
    found: list[Act | None] = []
    if shown.mine and row.state in ("draft", "refused"):
        found += [
            act_for(
                actor, "hr.submit_claim", given, label=_("Hand it in"), icon="send", key="h",
                at_once=True, back=here,
            ),
            Act(
                force_str(_("Add an expense")), f"{ENTER}?claim={row.number}", icon="plus", key="n"
            ),
        ]  # fmt: skip
    if shown.mine and row.state == "submitted":
        found.append(
            act_for(
                actor, "hr.withdraw_claim", given, at_once=True, back=here, icon="arrow-back-up"
            )
        )
    if shown.may_decide and row.state == "submitted":
        found.append(
            act_for(
                actor, "hr.approve_claim", given, label=_("Approve"), icon="check", key="a",
                at_once=True, back=here,
            )
        )  # fmt: skip
    if shown.may_check and row.state == "to_check":
        found.append(
            act_for(
                actor, "hr.check_claim", given, label=_("Checked"), icon="check", key="c",
                at_once=True, back=here,
            )
        )  # fmt: skip
    if not shown.mine and row.state == "approved":
        found.append(
            act_for(
                actor, "hr.post_claim", given, label=_("Post"), icon="book", key="p",
                at_once=True, back=here,
            )
        )  # fmt: skip
    may_refuse = shown.may_decide or (actor.may("hr.post_expenses") and not shown.mine)
    if may_refuse and row.state in ("submitted", "to_check", "approved"):
        found.append(
            act_for(actor, "hr.refuse_claim", given, label=_("Send back"), icon="x", back=here)
        )
    if row.state == "posted":
        found.append(act_for(actor, "hr.reverse_claim", given, icon="arrow-back-up", back=here))
    return found


CLAIM = RecordView(
    key="hr.claims",
    title=_("Expense claim"),
    kind="hr.expense_claim",
    path="<str:number>",
    find=expense_claim,
    show=show,
)


@page_of("hr.expense_claim", title=_("Expense claim"))
def claim_pages(actor: Actor, keys: Sequence[str]) -> Mapping[str, Link]:
    """The pages of claims by the keys of their rows."""
    found = claim_numbers(actor, keys=[int(key) for key in keys if key.isdigit()])
    return {str(key): Link(name, words.claim_url(name)) for key, name in found.items()}
