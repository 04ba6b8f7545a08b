"""What the bank says on Today and on the desk: lines that wait to be booked."""

from django.utils.translation import gettext, ngettext

from kantoor.departments.finance.queries.banking.accounts import bank_accounts
from kantoor.departments.finance.web.banking.accounts import bank_account_url
from kantoor.departments.finance.web.banking.lines import reconcile_url
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.money import exponent
from kantoor.kernel.pages.acts import act_for
from kantoor.kernel.pages.today import Card, today_card
from kantoor.kernel.ui.cells import Money
from kantoor.kernel.ui.formats import number
from kantoor.kernel.ui.today_page import Figure, FirstStep, Waiting

FEW = 3
"""Bank accounts with lines to book that stand on the desk, each by itself."""


@today_card("finance", permission="finance.read_bank", order=22)
def bank_card(actor: Actor) -> Card:
    """The balance of each bank account by its last statement, and lines to book."""
    rows = bank_accounts(actor)
    if not rows:
        act = act_for(actor, "finance.add_bank_account", label=gettext("Add your bank account"))
        text = gettext("Then its statements can be taken in and matched with what is open.")
        return Card(first_steps=[FirstStep(act, text)] if act else [])
    figures = [
        Figure(
            row.name,
            Money(row.said, exponent(row.currency), row.currency),
            bank_account_url(row.code),
            gettext("by the bank"),
        )
        for row in rows
        if row.said is not None
    ]
    waiting = []
    for row in rows:
        if row.lines:
            words = ngettext("%(n)s bank line to book", "%(n)s bank lines to book", row.lines)
            amount = Money(row.to_book, exponent(row.currency), row.currency)
            said = words % {"n": number(row.lines)}
            waiting.append(Waiting(said, reconcile_url(account=row.code), row.name, amount=amount))
    return Card(figures=figures[:1], waiting=waiting[:FEW])
