"""What belongs to an invoice: where it comes from, its instalments, prepayments and payments."""

from django.utils.translation import gettext

from kantoor.departments.finance.queries.invoice_card import InvoiceCard
from kantoor.departments.finance.queries.invoice_parts import CardPart
from kantoor.departments.finance.web.figures import entry_url, invoice_url
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.money import exponent
from kantoor.kernel.pages.references import links, title_of_kind
from kantoor.kernel.ui.cells import Link, Money
from kantoor.kernel.ui.formats import amount, day
from kantoor.kernel.ui.record_page import Related, Relation


def relations(actor: Actor, card: InvoiceCard) -> list[Relation]:
    """What an invoice comes from, is booked as, is paid in and settled with."""
    row = card.invoice
    found: list[Relation] = []
    if row.origin and (page := links(actor, [row.origin]).get(row.origin)):
        kind = title_of_kind(row.origin.partition("/")[0])
        found.append(Relation(gettext("Comes from"), [Related(page, kind)]))
    if card.entry and actor.may("finance.read_ledger"):
        booked = Related(Link(card.entry, entry_url(card.entry)))
        found.append(Relation(gettext("Booked as"), [booked]))
    if card.credit_notes:
        notes = [Related(Link(number, invoice_url(number))) for number in card.credit_notes]
        found.append(Relation(gettext("Credited by"), notes))
    places = exponent(row.currency)
    if card.instalments:
        parts = [
            Related(
                Link(f"{row.number}#{each.n}", ""), _part(each, places), Money(each.amount, places)
            )
            for each in card.instalments
        ]
        found.append(Relation(gettext("Paid in parts"), parts))
    for title, numbers in (
        (gettext("Deducts"), card.deducts),
        (gettext("Deducted by"), card.deducted_by),
    ):
        if numbers:
            others = [Related(Link(number, invoice_url(number))) for number in numbers]
            found.append(Relation(title, others))
    if card.settlements:
        settled = [
            Related(
                Link(each.by, _document_url(each.by)), day(each.date), Money(each.amount, places)
            )
            for each in card.settlements
        ]
        found.append(Relation(gettext("Settled with"), settled))
    return found


def _part(each: CardPart, places: int) -> str:
    """When an instalment is due, and what is open of it where that is a part."""
    if not each.open:
        return gettext("%(day)s, paid") % {"day": day(each.due_on)}
    if each.open == each.amount:
        return day(each.due_on)
    said = {"day": day(each.due_on), "amount": amount(each.open, places)}
    return gettext("%(day)s, %(amount)s is open") % said


def _document_url(number: str) -> str:
    """The page of an invoice or, with slashes in its number, of an entry."""
    return entry_url(number) if "/" in number else invoice_url(number)
