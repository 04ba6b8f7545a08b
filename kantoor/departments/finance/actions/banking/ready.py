"""Check bookings of bank lines and make their entries, looked up once for all of them."""

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from django.db import connection
from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.actions.banking.across import paid_of
from kantoor.departments.finance.actions.entry_taxes import EntryTaxes
from kantoor.departments.finance.actions.open_items import Item, items_of_lines
from kantoor.departments.finance.actions.periods import Calendar
from kantoor.departments.finance.drafts import EntryDraft, LineDraft, ReadyEntry, ReadyLine
from kantoor.departments.finance.drafts_banking import ItemShare, LineBooking
from kantoor.departments.finance.errors import (
    NothingToSettle,
    TooMuch,
    UnknownAccount,
    UnknownParty,
    UnknownTaxCode,
)
from kantoor.departments.finance.models import BankAccount, StatementLine, TaxCode
from kantoor.departments.finance.queries.banking.matching import TOLERANCE, TRANSFERS
from kantoor.departments.finance.queries.currency.conversion import Conversion, Rates
from kantoor.departments.finance.queries.item_numbers import item_lines
from kantoor.departments.finance.queries.roles import accounts_by_role
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import Conflict, InvalidInput, NotFound
from kantoor.kernel.money import MICRO, half_up_ratio
from kantoor.kernel.store.lookup import fetch, rows_by_key

LONGEST_TEXT, LONGEST_REFERENCE = 200, 80
ORIGIN = "finance.statement_line"


class ReadyBooking(NamedTuple):
    """A checked booking: its entry, the items it pays with how much, and the line it books."""

    entry: ReadyEntry
    shares: Sequence[tuple[int, int]]
    line: StatementLine
    place: int
    settled: int
    """What the shares are in the company's currency, without sign."""
    across: Mapping[int, int]
    """What is paid of items in another currency, in theirs."""


class Books:
    """What bookings are checked against; the items they name are locked until the commit."""

    def __init__(
        self, actor: Actor, bookings: Sequence[LineBooking], item_keys: Iterable[int] = ()
    ) -> None:
        company_id = actor.company_id
        self.actor = actor
        self.calendar = Calendar(actor)
        self.roles = accounts_by_role(company_id)
        self.lines = _locked_lines(company_id, [each.line for each in bookings])
        self.banks = {each.pk: each for each in BankAccount.objects.filter(company_id=company_id)}
        self.numbers = item_lines(
            company_id, [share.item for each in bookings for share in each.items]
        )
        keys = {line for lines in self.numbers.lines.values() for line in lines}
        self.items = items_of_lines(company_id, keys | set(item_keys))
        self.left = {key: item.currency_open for key, item in self.items.items()}
        days = {line.booked_on.isoformat() for line in self.lines.values()}
        currencies = {item.currency for item in self.items.values()}
        currencies |= {self.banks[line.bank_account_id].currency for line in self.lines.values()}
        self.rates = Rates(actor, {(currency, day) for currency in currencies for day in days})
        self.accounts = {
            code: (key, role)
            for code, key, role in fetch(
                "SELECT code, id, role FROM finance_account WHERE company_id = %s AND active",
                [company_id],
            )
        }
        self.account_codes = {key: code for code, (key, _role) in self.accounts.items()}
        self.parties = rows_by_key(
            "SELECT code, id FROM kernel_party WHERE company_id = %s AND code IN ({})",
            [company_id],
            {each.party for each in bookings if each.party},
        )
        self._taxes: EntryTaxes | None = None
        self._party_keys: dict[str, int | None] = {"": None}
        self._booked: set[int] = set()
        self._count = 0

    def ready(self, place: int, booking: LineBooking) -> ReadyBooking:
        """The entry of a booking; raises with its place."""
        line = self.line(booking.line, place)
        shares = [self._share(line, each, place) for each in booking.items]
        limited = _limited(line, shares, booking.items, place)
        return self.made(place, booking, line, limited, self._across(booking, line, limited, place))

    def _across(
        self,
        booking: LineBooking,
        line: StatementLine,
        shares: Sequence[tuple[int, int]],
        place: int,
    ) -> dict[int, int]:
        """What is paid of items in another currency than the bank account's, by their keys."""
        own, on = self.banks[line.bank_account_id].currency, line.booked_on.isoformat()
        found: dict[int, int] = {}
        for (key, amount), share in zip(shares, booking.items, strict=True):
            item = self.items[key]
            if item.currency == own:
                if share.settles not in (None, abs(amount)):
                    message = _("In {own} both amounts are the same.").format(own=own)
                    raise InvalidInput(message, field="items", line=place)
                continue
            if key in found:
                twice = _("{number} is named twice.").format(number=share.item[:40])
                raise InvalidInput(twice, field="items", line=place)
            paid = (amount, own, on)
            found[key] = paid_of(item, self.left[key], share, paid, self.rates, place)
        return found

    def line(self, key: int, place: int) -> StatementLine:
        """A line that is still to be booked; raises NotFound or Conflict."""
        line = self.lines.get(key)
        if line is None:
            raise NotFound(_("There is no such line."), field="line", line=place)
        if line.entry_id is not None or key in self._booked:
            raise Conflict(_("This line is booked already."), field="line", line=place)
        if line.amount == 0:
            message = _("A line of nought has nothing to book.")
            raise InvalidInput(message, field="line", line=place)
        return line

    def made(
        self,
        place: int,
        booking: LineBooking,
        line: StatementLine,
        shares: Sequence[tuple[int, int]],
        across: Mapping[int, int] = MappingProxyType({}),
    ) -> ReadyBooking:
        """The entry of a line whose shares are known; what they take is no longer open.

        `across` says what they take of items in another currency, in theirs.
        """
        bank = self.banks[line.bank_account_id]
        on = line.booked_on.isoformat()
        self.calendar.place(on, place)
        rate = self.rates.on(bank.currency, on, place)
        lines = [_ready(rate, bank.account_id, line.amount, None)]
        for key, amount in shares:
            item = self.items[key]
            if key not in across:
                self._same_currency(item, bank, place)
            self._fits(item, across.get(key, amount), place)
            lines.append(_ready(rate, item.account_id, -amount, item.party_id))
        rest = line.amount - sum(amount for _key, amount in shares)
        lines += self._rest(rest, booking, line, rate, place)
        if off := sum(each.amount for each in lines):  # Each was rounded by itself.
            lines[-1] = lines[-1]._replace(amount=lines[-1].amount - off)
        for key, amount in shares:
            self.left[key] -= across.get(key, amount)
        self._booked.add(line.pk)
        self._count += 1
        text = booking.text or " ".join(filter(None, (line.name, line.text)))
        entry = ReadyEntry(
            bank.journal_id,
            on,
            text[:LONGEST_TEXT],
            line.reference[:LONGEST_REFERENCE],
            f"{ORIGIN}/{line.pk}",
            None,
            lines,
            place,
        )
        settled = sum(abs(rate.to_own(amount)) for _key, amount in shares)
        return ReadyBooking(entry, shares, line, place, settled, across)

    def _same_currency(self, item: Item, bank: BankAccount, place: int) -> None:
        if item.currency != bank.currency:
            message = _("That item is in {one}, bank account {code} in {other}.")
            said = message.format(one=item.currency, code=bank.code, other=bank.currency)
            raise NothingToSettle(said, field="items", line=place)

    def _fits(self, item: Item, amount: int, place: int) -> None:
        """Refuse more of an item than is open."""
        still = self.left[item.line_id]
        if abs(amount) > abs(still) or (amount > 0) != (still > 0):
            most = _("Only {open} minor units of it are open.").format(open=abs(still))
            raise TooMuch(most, field="items", line=place)

    def write_taxes(self, entries: Sequence[int]) -> None:
        """Keep what the written entries say of tax."""
        if self._taxes is not None:
            self._taxes.write(self.actor, entries, self._party_keys)

    def written(self) -> None:
        """What was made ready so far is written: what comes next is counted from nought."""
        self._count, self._taxes = 0, None

    # --- what pays items

    def _share(self, line: StatementLine, share: ItemShare, place: int) -> tuple[int, int]:
        key = self.numbers.of(share.item, "items", place)
        item = self.items[key]
        still = self.left[key]
        if not still:
            message = _("Nothing is open of {number}.").format(number=share.item[:40])
            raise NothingToSettle(message, field="items", line=place)
        if share.amount is None:
            own = self.banks[line.bank_account_id].currency
            if item.currency == own:
                return key, still
            if (still > 0) == (line.amount > 0):
                return key, line.amount
            # What is open is in another currency than the line: it is no amount of the line.
            ask = _("Say how much of {number} this pays, in {currency}.")
            said = ask.format(number=share.item[:40], currency=own)
            raise InvalidInput(said, field="items", line=place)
        if share.amount == 0 or (share.amount > 0) != (item.currency_open > 0):
            words = _("The amount for {number} has the sign of what is open.")
            said = words.format(number=share.item[:40])
            raise NothingToSettle(said, field="items", line=place)
        return key, share.amount

    # --- where the rest belongs

    def _rest(
        self, rest: int, booking: LineBooking, line: StatementLine, rate: Conversion, place: int
    ) -> list[ReadyLine]:
        if not rest:
            return []
        if booking.account:
            return self._on_account(rest, booking, line, rate, place)
        if booking.party:
            party = self._party(booking.party, place)
            account = self._role("receivables" if rest > 0 else "payables", place)
            return [_ready(rate, account, -rest, party)]
        if booking.items and abs(rest) <= TOLERANCE:
            account = self.roles.get("payment_differences") or self._role("rounding", place)
            return [_ready(rate, account, -rest, None)]
        message = _("{rest} minor units are left; say which account or party they belong to.")
        raise InvalidInput(message.format(rest=rest), field="account", line=place)

    def _role(self, role: str, place: int) -> int:
        found = self.roles.get(role)
        if found is None:
            message = _(
                "No account has the role “{role}”; give it to one in the chart of accounts."
            )
            raise UnknownAccount(message.format(role=role), field="account", line=place)
        return found

    def _party(self, code: str, place: int) -> int:
        if code not in self.parties:
            message = _("There is no party “{code}”.").format(code=code[:40])
            raise UnknownParty(message, field="party", line=place)
        return int(self.parties[code])

    def _on_account(
        self, rest: int, booking: LineBooking, line: StatementLine, rate: Conversion, place: int
    ) -> list[ReadyLine]:
        """The rest on a ledger account; with a tax code it includes the tax."""
        if booking.account == TRANSFERS:
            key = self.roles.get("transfers") or self._role("suspense", place)
            return [_ready(rate, key, -rest, None)]
        found = self.accounts.get(booking.account)
        if found is None:
            message = _("There is no account “{code}” in use.").format(code=booking.account[:40])
            raise UnknownAccount(message, field="account", line=place)
        account, role = found
        party = self._party(booking.party, place) if booking.party else None
        if role in ("receivables", "payables") and party is None:
            whose = _("Say whose it is: this account is kept by party.")
            raise UnknownParty(whose, field="party", line=place)
        if not booking.tax:
            return [_ready(rate, account, -rest, party)]
        own = self.actor.currency
        drafts = self._taxed(rate.to_own(rest), booking, line, place)
        return [
            ReadyLine(self.accounts[each.account][0], each.amount, own, each.amount, party, 0, "")
            for each in drafts
        ]

    def _taxed(
        self, rest: int, booking: LineBooking, line: StatementLine, place: int
    ) -> list[LineDraft]:
        """Base and tax of an amount that includes it, kept as facts of tax too."""
        if self._taxes is None:
            self._taxes = EntryTaxes(self.actor)
        code = self._taxes.code(booking.tax, line.booked_on)
        if code is None:
            message = _("There is no tax code “{code}” in force on {date}.")
            said = message.format(code=booking.tax[:20], date=line.booked_on)
            raise UnknownTaxCode(said, field="tax", line=place)
        drafts = [
            LineDraft(account=account, amount=amount, party=booking.party, tax=booking.tax)
            for account, amount in _base_and_tax(code, booking.account, -rest, self.account_codes)
            if amount
        ]
        self._party_keys[booking.party] = self.parties.get(booking.party)
        bank = self.account_codes[self.banks[line.bank_account_id].account_id]
        whole = EntryDraft(
            date=line.booked_on, lines=[LineDraft(account=bank, amount=rest), *drafts]
        )
        if not self._taxes.note(self._count, whole):
            message = _("Tax code {code} can't be used on account {account}.")
            words = message.format(code=booking.tax, account=booking.account)
            raise UnknownTaxCode(words, field="tax", line=place)
        return drafts


def _ready(rate: Conversion, account: int, amount: int, party: int | None) -> ReadyLine:
    """A ledger line of an amount in the bank account's currency."""
    return ReadyLine(account, rate.to_own(amount), rate.currency, amount, party, 0, "")


def _base_and_tax(
    code: TaxCode, account: str, gross: int, codes: dict[int, str]
) -> list[tuple[str, int]]:
    """An amount that includes its tax (debit positive), as base and tax by account."""
    rate = int(code.rate * MICRO)
    whole = 100 * MICRO
    base = gross if code.reversed else half_up_ratio(gross * whole, whole + rate)
    tax = half_up_ratio(base * rate, whole) if code.reversed else gross - base
    if code.use == "sale":
        return [(account, base), (codes.get(code.tax_account_id or 0, account), tax)]
    asked = half_up_ratio(tax * int(code.deductible * MICRO), whole)
    found = [(account, base), (codes.get(code.input_account_id or 0, account), asked)]
    if tax - asked:
        found.append((codes.get(code.cost_account_id or 0, account), tax - asked))
    if code.reversed:
        found.append((codes.get(code.tax_account_id or 0, account), -tax))
    return found


def _limited(
    line: StatementLine,
    shares: Sequence[tuple[int, int]],
    said: Sequence[ItemShare],
    place: int,
) -> list[tuple[int, int]]:
    """Shares without a said amount take no more than the line has left for them."""
    left = line.amount - sum(
        amount for (_key, amount), each in zip(shares, said, strict=True) if each.amount is not None
    )
    left -= sum(
        amount
        for (_key, amount), each in zip(shares, said, strict=True)
        if each.amount is None and (amount > 0) != (line.amount > 0)
    )
    found = []
    for (key, amount), each in zip(shares, said, strict=True):
        if each.amount is None and (amount > 0) == (line.amount > 0):
            amount = min(abs(amount), max(abs(left), 0)) * (1 if amount > 0 else -1)
            if (left > 0) != (line.amount > 0) or not amount:
                message = _("The line has nothing left for {number}.").format(number=each.item[:40])
                raise TooMuch(message, field="items", line=place)
            left -= amount
        found.append((key, amount))
    return found


def _locked_lines(company_id: int, keys: Iterable[int]) -> dict[int, StatementLine]:
    """The company's lines with these keys, locked until the commit."""
    wanted = sorted(set(keys))
    found: dict[int, StatementLine] = {}
    for start in range(0, len(wanted), 500):
        rows = StatementLine.objects.filter(
            bank_account__company_id=company_id, pk__in=wanted[start : start + 500]
        ).order_by("pk")
        if connection.vendor == "postgresql":
            rows = rows.select_for_update(of=("self",))
        found.update((each.pk, each) for each in rows)
    return found
