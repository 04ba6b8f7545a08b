"""Letters to customers as PDF: reminders and statements of account, in their language."""

import datetime
from collections.abc import Sequence
from decimal import Decimal
from typing import Any, Literal

from babel.dates import format_date
from babel.numbers import format_decimal
from django.utils.translation import gettext as _
from django.utils.translation import override

from kantoor.departments.finance.queries.collecting.letterhead import Letterhead, letterhead
from kantoor.departments.finance.queries.collecting.reminders import ReminderCard, reminder
from kantoor.departments.finance.queries.collecting.statement import (
    StatementOfAccount,
    statement_of_account,
)
from kantoor.departments.finance.reference.countries import country_name
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.money import exponent
from kantoor.kernel.pages.typesetting import typeset

Language = Literal["nl", "en"]


def reminder_pdf(actor: Actor, number: str) -> bytes:
    """The reminder with this number as PDF/A, in the language it was made in; raises NotFound."""
    card = reminder(actor, number=number)
    language: Language = "nl" if card.language == "nl" else "en"
    head = letterhead(actor, party=card.row.party)
    with override(language):
        page = _Letter(head, language, card.currency).reminder(card)
    return _compiled(page, card.row.date)


def statement_pdf(
    actor: Actor,
    party: str,
    start: datetime.date | None = None,
    end: datetime.date | None = None,
) -> bytes:
    """A customer's statement of account as PDF/A, in their language; raises NotFound."""
    found = statement_of_account(actor, party=party, start=start, end=end)
    head = letterhead(actor, party=party)
    language: Language = "nl" if (head.language or actor.language) == "nl" else "en"
    with override(language):
        page = _Letter(head, language, found.currency).statement(found)
    return _compiled(page, found.end)


def _compiled(page: dict[str, Any], on: datetime.date) -> bytes:
    made = datetime.datetime.combine(on, datetime.time(), datetime.UTC)
    return typeset(__package__, "letter.typ", page, made)


class _Letter:
    """What the template shows, in the reader's language."""

    def __init__(self, head: Letterhead, language: Language, currency: str) -> None:
        self.head = head
        self.language = language
        self.locale = "nl" if language == "nl" else "en_GB"
        self.currency = currency
        self.places = exponent(currency)

    def reminder(self, card: ReminderCard) -> dict[str, Any]:
        """A letter that asks to pay."""
        row = card.row
        interest = any(each.interest for each in card.items)
        columns = [_("Invoice"), _("Due on"), *([_("Interest")] if interest else []), _("Open")]
        rows = [
            [
                each.document,
                self.day(each.due_on),
                *([self.amount(each.interest)] if interest else []),
                self.amount(each.open),
            ]
            for each in card.items
        ]
        totals = [(_("Open"), self.amount(row.open))]
        totals += [
            (label, self.amount(amount))
            for label, amount in (
                (_("Statutory interest"), card.interest),
                (_("Costs of collection"), card.costs),
                (_("Reminder fee"), card.fee),
            )
            if amount
        ]
        whole = row.open + row.charged
        totals.append(
            (_("To be paid, {currency}").format(currency=self.currency), self.amount(whole))
        )
        return {
            **self._frame(row.title, self._facts([(_("Number"), row.number), (_("Date"), self.day(row.date))])),
            "before": self._asks(card),
            "columns": columns,
            "widths": ["wide", "text", *(["figure"] if interest else []), "figure"],
            "rows": rows,
            "totals": totals,
            "after": self._closing(card),
        }  # fmt: skip

    def _asks(self, card: ReminderCard) -> list[str]:
        greeting = _("Dear customer,")
        if card.row.level == 1:
            said = _(
                "Perhaps it escaped your notice: what stands below is past its due date. If you"
                " paid in the last days, please take this letter as not sent."
            )
        elif card.announced:
            said = _(
                "We asked you before to pay what stands below, and it is still open. You have"
                " fourteen days, from the day after this letter reached you, to pay it without"
                " costs. After that we charge {amount} for the costs of collection."
            ).format(amount=f"{self.currency} {self.amount(card.announced)}")
        else:
            said = _(
                "In spite of our earlier letters what stands below is still open. This is the last"
                " time that we ask you ourselves."
            )
        return [greeting, said]

    def _closing(self, card: ReminderCard) -> list[str]:
        day = self.day(card.row.pay_by)
        if self.head.iban:
            message = _(
                "Please pay by {date} to {iban}, in the name of {name}, and mention {number}."
            )
            pay = message.format(
                date=day, iban=self.head.iban, name=self.head.sender.name, number=card.row.number
            )
        else:
            message = _("Please pay by {date} and mention {number}.")
            pay = message.format(date=day, number=card.row.number)
        return [pay, _("Is something wrong with an invoice? Please tell us before that day.")]

    def statement(self, found: StatementOfAccount) -> dict[str, Any]:
        """What moved on a customer's account."""
        span = f"{self.day(found.start)} – {self.day(found.end)}"
        opening = ["", _("Balance before"), "", "", self.amount(found.opening)]
        rows = [
            [
                self.short(each.date),
                each.document,
                self.amount(each.debit) if each.debit else "",
                self.amount(each.credit) if each.credit else "",
                self.amount(each.balance),
            ]
            for each in found.rows
        ]
        totals = []
        if found.overdue:
            totals.append((_("Past its due date"), self.amount(found.overdue)))
        label = _("Balance, {currency}").format(currency=self.currency)
        totals.append((label, self.amount(found.closing)))
        facts = self._facts([(_("Period"), span)])
        after = [_("Does this differ from your own books? Please tell us.")]
        return {
            **self._frame(_("Statement of account"), facts),
            "before": [],
            "columns": [_("Date"), _("Document"), _("Invoiced"), _("Paid"), _("Balance")],
            "widths": ["text", "wide", "figure", "figure", "figure"],
            "rows": [opening, *rows],
            "totals": totals,
            "after": after,
        }

    def _frame(self, title: str, facts: Sequence[tuple[str, str]]) -> dict[str, Any]:
        sender, receiver = self.head.sender, self.head.receiver
        place = f"{sender.postcode} {sender.city}".strip()
        abroad = receiver.country and receiver.country != sender.country
        town = f"{receiver.postcode}  {receiver.city}".strip()
        country = country_name(receiver.country, self.language) if abroad else ""
        lines = [part for part in (receiver.name, receiver.street, town, country) if part]
        numbers = [
            _("Registration {number}").format(number=sender.registration)
            if sender.registration
            else "",
            _("VAT number {number}").format(number=sender.vat_number) if sender.vat_number else "",
        ]
        return {
            "language": self.language,
            "title": title,
            "sender": {
                "name": sender.name,
                "lines": [part for part in (sender.street, place) if part],
            },
            "receiver": lines or ["–"],
            "facts": facts,
            "footer": [part for part in (sender.name, *numbers) if part],
            "page": _("Page"),
        }

    def _facts(self, facts: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
        return [*facts, (_("Customer"), self.head.party)]

    def amount(self, minor: int) -> str:
        """An amount in minor units with its decimals."""
        pattern = "#,##0" + ("." + "0" * self.places if self.places else "")
        value = Decimal(minor).scaleb(-self.places)
        return format_decimal(value, pattern, locale=self.locale, decimal_quantization=False)

    def day(self, value: datetime.date) -> str:
        """A day in words."""
        return format_date(value, "d MMMM y", locale=self.locale)

    def short(self, value: datetime.date) -> str:
        """A day as it fits in a column."""
        return format_date(value, "dd-MM-y", locale=self.locale)
