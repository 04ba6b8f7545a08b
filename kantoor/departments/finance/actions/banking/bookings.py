"""Book lines of bank statements: an entry in the bank's journal, and what it pays is settled."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.actions.banking.across import take_bank_discounts
from kantoor.departments.finance.actions.banking.ready import Books, ReadyBooking
from kantoor.departments.finance.actions.ledger import write_entries
from kantoor.departments.finance.actions.reversal import reverse_entries
from kantoor.departments.finance.actions.settling import Settling, write_settlements
from kantoor.departments.finance.drafts_banking import ItemShare, LineBooking, LinesBooked
from kantoor.departments.finance.events import ItemsSettled
from kantoor.departments.finance.models import StatementLine
from kantoor.departments.finance.queries.entry_numbers import entry_numbers
from kantoor.departments.finance.queries.item_numbers import items_of_entries
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actions.unit import publish
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import DomainError, InvalidInput, Refusals

PERMISSION = "finance.reconcile"
MOST = 100_000


@action(
    permission=PERMISSION, title=_("Book lines of bank statements"), bulk_of="finance.book_line"
)
def book_lines(actor: Actor, /, *, bookings: Sequence[LineBooking]) -> LinesBooked:
    """Book lines, all or none: each becomes an entry and settles the open items that it pays.

    Raises InvalidInput for a rest that nobody said where it belongs, Conflict for a line that is
    booked already, NotFound, UnknownInvoice, UnknownAccount, UnknownParty, UnknownTaxCode,
    NotReady for a discount that is too late, TooMuch, ClosedPeriod; the line is the booking's place, several at once as Refusals.
    """
    if not 0 < len(bookings) <= MOST:
        message = _("Name 1 to {most} lines.").format(most=MOST)
        raise InvalidInput(message, field="bookings")
    take_bank_discounts(actor, bookings)
    books = Books(actor, bookings)
    ready: list[ReadyBooking] = []
    errors: list[DomainError] = []
    for place, booking in enumerate(bookings, 1):
        try:
            ready.append(books.ready(place, booking))
        except DomainError as error:
            errors.append(error)
    if errors:
        raise errors[0] if len(errors) == 1 else Refusals(errors[:20])
    return write_bookings(actor, books, ready, "hand")


@action(permission=PERMISSION, title=_("Book a line of a bank statement"))
def book_line(
    actor: Actor,
    /,
    *,
    line: int,
    items: Sequence[ItemShare] = (),
    account: str = "",
    party: str = "",
    tax: str = "",
    text: str = "",
) -> LinesBooked:
    """Book one line. Raises what `book_lines` raises."""
    booking = LineBooking(line=line, items=items, account=account, party=party, tax=tax, text=text)
    return book_lines(actor, bookings=[booking])


@action(
    permission=PERMISSION, title=_("Undo bookings of bank lines"), bulk_of="finance.undo_booking"
)
def undo_bookings(actor: Actor, /, *, lines: Sequence[int], why: str) -> int:
    """Take back how lines were booked, all or none: entries are reversed, what they settled is open.

    Raises NotFound, NotBooked as InvalidInput, ClosedPeriod; gives how many were undone.
    """
    found = {each.pk: each for each in _lines(actor, lines)}
    errors: list[DomainError] = []
    for place, key in enumerate(lines, 1):
        if key not in found or found[key].entry_id is None:
            message = _("This line is not booked.")
            errors.append(InvalidInput(message, field="lines", line=place))
    if errors:
        raise errors[0] if len(errors) == 1 else Refusals(errors[:20])
    entries = dict.fromkeys(each.entry_id for each in found.values() if each.entry_id)
    numbers = entry_numbers(entries)
    reverse_entries(actor, entries=[numbers[key] for key in entries], why=why)
    return len(found)


@action(permission=PERMISSION, title=_("Undo the booking of a bank line"))
def undo_booking(actor: Actor, /, *, line: int, why: str) -> int:
    """Take back how a line was booked. Raises what `undo_bookings` raises."""
    return undo_bookings(actor, lines=[line], why=why)


def write_bookings(
    actor: Actor, books: Books, ready: Sequence[ReadyBooking], how: str
) -> LinesBooked:
    """Write checked bookings: entries, taxes, settlements, and the lines that they book."""
    written = write_entries(actor, [each.entry for each in ready], (), books.calendar).keys
    books.write_taxes(written)
    lines = items_of_entries(actor.company_id, written)
    wanted = [
        _settling(share_line, item, (share, each.across.get(item)), each.place)
        for key, each in zip(written, ready, strict=True)
        for share_line, (item, share) in zip(lines.get(key, ()), each.shares, strict=False)
    ]
    write_settlements(actor, wanted, books.calendar)
    settled = sum(each.settled for each in ready)
    changed = []
    for key, each in zip(written, ready, strict=True):
        each.line.entry_id, each.line.how = key, how
        changed.append(each.line)
    StatementLine.objects.bulk_update(changed, ["entry", "how"])
    publish(ItemsSettled(actor.company_id, settled))
    numbers = entry_numbers([written[0], written[-1]])
    return LinesBooked(
        lines=len(ready), first=numbers[written[0]], last=numbers[written[-1]], settled=settled
    )


def _settling(fresh: int, item: int, paid: tuple[int, int | None], place: int) -> Settling:
    """The item with the fresh line on the same account that pays it.

    `paid` is the amount in the line's currency, and in the item's where that is another.
    """
    amount, across = paid
    pair = (item, fresh) if amount > 0 else (fresh, item)
    if across is None:
        return Settling(*pair, abs(amount), place=place)
    both = (abs(across), abs(amount)) if amount > 0 else (abs(amount), abs(across))
    return Settling(*pair, both[0], place=place, credit_amount=both[1])


def _lines(actor: Actor, keys: Sequence[int]) -> list[StatementLine]:
    found: list[StatementLine] = []
    for start in range(0, len(keys), 500):
        found += StatementLine.objects.filter(
            bank_account__company_id=actor.company_id, pk__in=keys[start : start + 500]
        )
    return found
