"""Tables of an administration: entries, accounts, parties, balances or open items, by their heads.

Which of them a file is follows from its columns. Heads are understood in Dutch and English; others
are named in the mapping.
"""

import datetime
import re
from collections.abc import Callable, Iterator
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.formats.administration import (
    Administration,
    SourceAccount,
    SourceEntry,
    SourceItem,
    SourceLine,
    SourceParty,
)
from kantoor.departments.finance.formats.journals.numbers import Reading
from kantoor.departments.finance.formats.journals.values import Unreadable
from kantoor.departments.finance.formats.leaving.mapping import Mapping
from kantoor.departments.finance.formats.leaving.sheets import SheetFault, blank, rows_of

HEADS = {
    "entry": "entry boekstuk boekstuknummer boeking transactie transaction voucher nr nummer number",
    "date": "date datum boekdatum transactiedatum",
    "account": "account rekening grootboekrekening grootboek rekeningnummer code accountcode accid",
    "account_name": "account_name rekeningnaam grootboeknaam rekeningomschrijving accountname",
    "amount": "amount bedrag saldo balance",
    "debit": "debit debet",
    "credit": "credit",
    "currency": "currency valuta munt",
    "base_amount": "base_amount",
    "text": "text omschrijving description memo regelomschrijving",
    "entry_text": "entry_text boekingsomschrijving",
    "reference": "reference referentie factuurnummer invoice kenmerk documentnummer",
    "party": "party relatie relatiecode debiteur crediteur klant leverancier customer supplier",
    "name": "name naam bedrijfsnaam",
    "kind": "kind soort type",
    "rgs": "rgs rgscode",
    "journal": "journal dagboek",
    "due_on": "due_on due duedate vervaldatum",
    "email": "email mail",
    "street": "street straat adres address",
    "postcode": "postcode zip",
    "city": "city plaats woonplaats",
    "country": "country land",
    "vat_number": "vat_number btwnummer vatnumber",
    "registration": "registration kvk kvknummer",
}
"""What columns are called, without capitals, blanks and dashes."""
_MEANINGS = {_word: what for what, words in HEADS.items() for _word in words.split()}
DIMENSIONS = {"cost_centre": "cost_centre", "kostenplaats": "cost_centre", "project": "project"}
IGNORED = frozenset(["origin", "reverses"])
PARTY_KINDS = {"customer": "C", "klant": "C", "debiteur": "C", "c": "C", "supplier": "S",
               "leverancier": "S", "crediteur": "S", "s": "S", "both": "B", "b": "B"}  # fmt: skip
OWN = ("entry", "date", "account", "amount", "currency", "text")
"""How a file of entries begins that Kantoor wrote: its amounts are in minor units."""
_DAY = re.compile(r"([0-9]{1,2})[-/.]([0-9]{1,2})[-/.]([0-9]{4})")


def read_table(content: bytes, mapping: Mapping, own_currency: str) -> Administration:
    """The table as an administration; what is wrong stands among its troubles."""
    return _Table(content, mapping, own_currency).read()


class _Table:
    def __init__(self, content: bytes, mapping: Mapping, own_currency: str) -> None:
        self.content = content
        self.mapping = mapping
        self.own = own_currency
        self.found = Administration("csv", currency=mapping.currency or own_currency)
        self.columns: dict[str, int] = {}
        self.dimensions: dict[str, int] = {}
        self.minor = False
        self.numbers = Reading(lax_comma=False)
        self.numbers.mark = mapping.decimal

    def read(self) -> Administration:
        try:
            self._heads()
            read = self._what()
            if read is None:
                message = _("The columns don't say what this file is; name them in the mapping.")
                self.found.trouble("columns", message, 1)
            elif read == self._entries:
                entries = list(self._entries())
                self.found.entries = lambda: iter(entries)
            else:
                read()
        except SheetFault as fault:
            self.found.trouble("table", fault.message, fault.line)
        return self.found

    def _rows(self) -> Iterator[tuple[int, list[str]]]:
        rows = rows_of(self.content)
        next(rows, None)
        for number, row in rows:
            if not blank(row):
                yield number, row

    def _heads(self) -> None:
        number, heads = next(rows_of(self.content), (1, []))
        said = {key.strip().lower(): what for key, what in self.mapping.columns.items()}
        self.minor = tuple(heads[: len(OWN)]) == OWN
        for place, head in enumerate(heads):
            plain = head.strip().lower()
            bare = re.sub(r"[\s\-.]", "", plain)
            meaning = said.get(plain) or _MEANINGS.get(plain) or _MEANINGS.get(bare, "")
            if bare in DIMENSIONS or (self.minor and not meaning and plain not in IGNORED):
                self.dimensions[DIMENSIONS.get(bare, plain)] = place
            elif meaning and meaning not in self.columns:
                self.columns[meaning] = place
            elif plain and plain not in IGNORED and not self.minor:
                message = _("The column “{name}” is left out.").format(name=head.strip()[:40])
                self.found.trouble("column", message, number, grave=False)

    def _what(self) -> Callable[[], object] | None:
        has = self.columns
        money = "amount" in has or ("debit" in has and "credit" in has)
        if money and "account" in has and "date" in has and "due_on" not in has:
            return self._entries
        if money and "party" in has and ("due_on" in has or "reference" in has):
            return self._items
        if money and "account" in has:
            return self._balances
        if "account" in has and ("account_name" in has or "name" in has) and "party" not in has:
            return self._parties if "email" in has or "city" in has else self._accounts
        if "name" in has and ("party" in has or "account" in has):
            return self._parties
        return None

    # --- cells

    def _cell(self, row: list[str], name: str) -> str:
        place = self.columns.get(name)
        return row[place].strip() if place is not None and place < len(row) else ""

    def _amount(self, row: list[str], number: int) -> Decimal | None:
        """Debit positive; None where it can't be read, which is said."""
        try:
            if "amount" in self.columns:
                return self._number(self._cell(row, "amount"))
            debit = self._number(self._cell(row, "debit") or "0")
            return debit - self._number(self._cell(row, "credit") or "0")
        except Unreadable as fault:
            self.found.trouble("amount", fault.message, number)
            return None

    def _number(self, text: str) -> Decimal:
        bare = re.sub(r"[€$£\s]", "", text)
        negative = bare.startswith("-") or bare.endswith("-")
        if bare.startswith("(") and bare.endswith(")"):
            negative, bare = True, bare[1:-1]
        bare = bare.strip("+-")
        if not re.fullmatch(r"[0-9.,']+", bare):
            message = _("“{text}” is no amount.").format(text=text[:40])
            raise Unreadable("amount", message)
        ambiguous = re.fullmatch(r"[0-9]{1,3}[.,][0-9]{3}", bare)
        if ambiguous and not self.mapping.decimal and not self.minor:
            words = _("“{text}” can be read in two ways; say `decimal` in the mapping.")
            raise Unreadable("amount", words.format(text=text[:40]))
        value = self.numbers.number(bare, "")
        return -value if negative else value

    def _date(self, text: str, number: int) -> datetime.date | None:
        try:
            if found := _DAY.fullmatch(text):
                return datetime.date(int(found[3]), int(found[2]), int(found[1]))
            if re.fullmatch(r"[0-9]{8}", text):
                return datetime.date(int(text[:4]), int(text[4:6]), int(text[6:]))
            return datetime.date.fromisoformat(text[:10])
        except ValueError:
            message = _("“{text}” is no date; write it as 2011-01-31.").format(text=text[:30])
            self.found.trouble("date", message, number)
            return None

    # --- what a file can be

    def _entries(self) -> Iterator[SourceEntry]:
        key, first = "", 0
        begun: list[SourceLine] = []
        on: datetime.date | None = None
        head: list[str] = []
        for number, row in self._rows():
            day = self._date(self._cell(row, "date"), number)
            line = self._line(row, number)
            name = self._cell(row, "entry") or self._cell(row, "reference") or str(day)
            if name != key or day != on:
                if begun and on is not None:
                    yield self._entry(on, head, first, begun)
                key, on, begun, first, head = name, day, [], number, row
            if line is not None:
                begun.append(line)
        if begun and on is not None:
            yield self._entry(on, head, first, begun)

    def _entry(
        self, on: datetime.date, row: list[str], number: int, lines: list[SourceLine]
    ) -> SourceEntry:
        reference = self._cell(row, "reference")
        if "reference" not in self.columns:
            reference = self._cell(row, "entry")
        return SourceEntry(
            on,
            self._cell(row, "entry_text") or self._cell(row, "text"),
            number,
            lines,
            journal=self._cell(row, "journal"),
            reference=reference,
        )

    def _line(self, row: list[str], number: int) -> SourceLine | None:
        amount = self._amount(row, number)
        account = self._cell(row, "account")
        if amount is None:
            return None
        if not account:
            self.found.trouble("account", _("There is no account on this line."), number)
            return None
        known = self.found.accounts.get(account)
        if known is None:
            name, rgs = self._cell(row, "account_name"), self._cell(row, "rgs")
            self.found.accounts[account] = SourceAccount(account, name, "", rgs)
        party = self._cell(row, "party")
        if party and party not in self.found.parties:
            self.found.parties[party] = SourceParty(party, self._cell(row, "name"))
        currency = self._cell(row, "currency") or self.found.currency
        cost = None
        if self.minor:
            from kantoor.kernel.money import exponent

            amount = amount.scaleb(-exponent(currency))
            if base := self._cell(row, "base_amount"):
                cost = self._number(base).scaleb(-exponent(self.own))
        return SourceLine(
            account,
            amount,
            currency,
            cost,
            self.own if cost is not None else "",
            party,
            self._cell(row, "text"),
            number,
            {
                name: row[place].strip()
                for name, place in self.dimensions.items()
                if place < len(row) and row[place].strip()
            },
        )

    def _balances(self) -> None:
        lines = []
        for number, row in self._rows():
            line = self._line(row, number)
            if line is not None and line.quantity:
                lines.append(line)
        day = self.mapping.opening_date
        if day is None:
            message = _("Say `opening_date` in the mapping: balances are of a day.")
            self.found.trouble("opening_date", message, 1)
            return
        text = str(_("Opening balance"))
        entry = SourceEntry(day, text, 2, lines, opening=True)
        self.found.entries = lambda: iter([entry] if lines else [])

    def _items(self) -> None:
        for number, row in self._rows():
            amount = self._amount(row, number)
            day = self._cell(row, "date")
            on = self._date(day, number) if day else self.mapping.opening_date
            due = self._cell(row, "due_on")
            due_on = self._date(due, number) if due else on
            if amount is None or on is None or due_on is None:
                if amount is not None and not day:
                    self.found.trouble("date", _("Say `opening_date` in the mapping."), number)
                continue
            party = self._cell(row, "party")
            if not party:
                self.found.trouble("party", _("An open item is of a party."), number)
                continue
            self.found.parties.setdefault(party, SourceParty(party, self._cell(row, "name")))
            self.found.items.append(
                SourceItem(
                    party, self._cell(row, "reference"), amount, on, due_on, number,
                    self._cell(row, "account"), self._cell(row, "currency"),
                )
            )  # fmt: skip

    def _accounts(self) -> None:
        for _number, row in self._rows():
            code = self._cell(row, "account")
            name = self._cell(row, "account_name") or self._cell(row, "name")
            kind = self._cell(row, "kind").lower()
            self.found.accounts[code] = SourceAccount(code, name, kind, self._cell(row, "rgs"))

    def _parties(self) -> None:
        for number, row in self._rows():
            code = self._cell(row, "party") or self._cell(row, "account")
            if not code:
                self.found.trouble("party", _("A party has a code."), number)
                continue
            kind = PARTY_KINDS.get(self._cell(row, "kind").lower(), "")
            self.found.parties[code] = SourceParty(
                code, self._cell(row, "name"), kind,
                *(self._cell(row, name) for name in ("email", "street", "postcode", "city",
                                                     "country", "vat_number", "registration")),
            )  # fmt: skip
