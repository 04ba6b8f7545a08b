"""The plan of an import: what every account, party, entry and open item of the files becomes."""

import hashlib
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.drafts import MOST_LINES, EntryDraft, LineDraft
from kantoor.departments.finance.formats.administration import (
    Administration,
    SourceAccount,
    SourceEntry,
    SourceLine,
    Trouble,
)
from kantoor.departments.finance.formats.journals.values import exact_sum
from kantoor.departments.finance.formats.leaving.mapping import Mapping
from kantoor.departments.finance.formats.leaving.reading import read_file
from kantoor.departments.finance.queries.leaving.accounts import Choosing, Chosen, kinds_of_group
from kantoor.departments.finance.queries.leaving.amounts import Amounts, Converted, Doubt
from kantoor.departments.finance.queries.leaving.answers import LedgerFile
from kantoor.departments.finance.queries.leaving.items import Items, open_items_of
from kantoor.departments.finance.queries.leaving.journals import Journals
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.store.lookup import rows_by_key

LONGEST_TEXT, LONGEST_REFERENCE, LONGEST_PARTY = 200, 80, 40
MOST_TROUBLES = 1_000


class Ready(NamedTuple):
    """An entry to be posted, and when its open items are due (its own date when empty)."""

    draft: EntryDraft
    due_on: str


class Source:
    """One file, read, with its fingerprint."""

    def __init__(self, file: LedgerFile, found: Administration) -> None:
        self.name = file.name
        self.size = len(file.content)
        self.sha256 = hashlib.sha256(file.content).hexdigest()
        self.found = found
        self.entries = 0


class Plan:
    """Made from files, a mapping and the books as they are; nothing is changed by it."""

    def __init__(
        self, actor: Actor, files: Sequence[LedgerFile], mapping: Mapping, format: str = ""
    ) -> None:
        self.actor = actor
        self.mapping = mapping
        self.own = actor.currency
        self.sources = [
            Source(each, read_file(each.content, each.name, mapping, actor.currency, format))
            for each in files
        ]
        self.troubles = [each for source in self.sources for each in source.found.troubles]
        self.journals = Journals(actor, mapping, self._journal_kinds())
        self.sums: dict[str, int] = {}
        self.commodities: dict[tuple[str, str], Decimal] = {}
        self.parties_used: dict[str, None] = {}
        self.dimensions: dict[tuple[str, str], None] = {}
        self.entries = self.lines = self.debit = 0
        self.first: date | None = None
        self.last: date | None = None
        self._gather()
        self.choosing = Choosing(actor, mapping)
        self.chosen = self._choose()
        self.items: Items = open_items_of(self)
        self.posted: dict[str, int] = {}
        for ready in self.ready():
            self._count(ready.draft)

    @property
    def known(self) -> list[str]:
        """Fingerprints of the files that were imported before."""
        found = rows_by_key(
            "SELECT sha256, id FROM finance_imported_file WHERE company_id = %s AND sha256 IN ({})",
            [self.actor.company_id],
            [source.sha256 for source in self.sources],
        )
        return list(found)

    @property
    def ok(self) -> bool:
        """Whether nothing stands in the way."""
        return not any(trouble.grave for trouble in self.troubles)

    def trouble(
        self, code: str, message: object, line: int, file: str = "", *, grave: bool = True
    ) -> None:
        """Note what is wrong."""
        if len(self.troubles) < MOST_TROUBLES:
            self.troubles.append(Trouble(code, message, line, grave, file))

    def _journal_kinds(self) -> dict[str, str]:
        kinds: dict[str, str] = {}
        for source in self.sources:
            kinds.update(source.found.journals)
        return kinds

    # --- first: what is in the files

    def _gather(self) -> None:
        for source in self.sources:
            amounts = Amounts(self.own, source.found.currency, self.mapping)
            for entry in source.found.entries():
                source.entries += 1
                self._add(source, entry, amounts)
            for item in source.found.items:
                self.parties_used[item.party] = None

    def _add(self, source: Source, entry: SourceEntry, amounts: Amounts) -> None:
        for line in entry.lines:
            key = line.account, line.commodity
            self.commodities[key] = exact_sum(self.commodities.get(key, Decimal(0)), line.quantity)
            if line.party:
                self.parties_used[line.party] = None
            for pair in line.dimensions.items():
                self.dimensions[pair] = None
        taken = self._taken(entry, source, tell=True)
        if taken is None:
            return
        try:
            converted = self._converted(taken, amounts, entry)
        except Doubt as doubt:
            self.trouble(doubt.code, doubt.message, _place(doubt, entry), source.name)
            return
        for line, made in zip(taken, converted, strict=True):
            self.sums[line.account] = self.sums.get(line.account, 0) + made.amount
        if sum(1 for made in converted if made.amount) == 1:
            message = _("An entry has two lines or more.")
            self.trouble("entry", message, entry.line, source.name)

    def _taken(self, entry: SourceEntry, source: Source, *, tell: bool) -> list[SourceLine] | None:
        """The lines that count: postings that nothing balances are refused or left out."""
        alone = [line for line in entry.lines if line.alone]
        if not alone:
            return list(entry.lines)
        leaves_out = self.mapping.virtual == "leave out"
        if tell:
            message = (
                _("A posting that nothing balances is left out.")
                if leaves_out
                else _(
                    "A posting that nothing balances can't be posted; say virtual = “leave out”."
                )
            )
            self.trouble("virtual", message, alone[0].line, source.name, grave=not leaves_out)
        return [line for line in entry.lines if not line.alone] if leaves_out else None

    def _converted(
        self, lines: Sequence[SourceLine], amounts: Amounts, entry: SourceEntry
    ) -> list[Converted]:
        """The lines in minor units; raises Doubt when they don't add up to nothing."""
        made = []
        for line in lines:
            try:
                made.append(amounts.convert(line))
            except Doubt as doubt:
                doubt.args = (line.line,)
                raise
        rest = sum(each.amount for each in made)
        if rest:
            # Prices with many decimals: what rounding leaves goes to the last line that was rounded.
            places = [n for n, each in enumerate(made) if each.rounded]
            if not places or abs(rest) > len(places):
                message = _("The entry does not add up: {rest} minor units are left.")
                raise Doubt("unbalanced", message.format(rest=rest))
            at = places[-1]
            made[at] = made[at]._replace(amount=made[at].amount - rest)
        if len(made) > MOST_LINES:
            raise Doubt("size", _("The entry has more lines than an entry can have."))
        return made

    # --- then: what becomes of accounts

    def _choose(self) -> dict[str, Chosen]:
        declared: dict[str, SourceAccount] = {}
        for source in self.sources:
            for code, account in source.found.accounts.items():
                before = declared.get(code)
                if before is None or not before.name:
                    declared[code] = account
        # Accounts that nothing was booked on are made only where the file describes them.
        names = {*self.sums, *(code for code, each in declared.items() if each.name)}
        chosen: dict[str, Chosen] = {}
        groups = kinds_of_group()
        for name in sorted(names):
            source_account = declared.get(name) or SourceAccount(name)
            found = self.choosing.choose(source_account, self.sums.get(name, 0))
            if found is None:
                message = _("“{name}” is mapped to {code}, which is no account here.")
                said = message.format(name=name[:60], code=self.mapping.account(name)[:20])
                self.trouble("account", said, 0)
            elif not found.kind or found.kind not in groups.get(found.group, ()):
                message = _("Say in the mapping what kind of account “{name}” is.")
                self.trouble("kind", message.format(name=name[:60]), 0)
            else:
                chosen[name] = found
        return chosen

    # --- and last: entries

    def ready(self) -> Iterator[Ready]:
        """The entries as they would be posted, opening balances first; those refused are left out."""
        yield from self.items.entries()
        for source in self.sources:
            amounts = Amounts(self.own, source.found.currency, self.mapping)
            for entry in source.found.entries():
                draft = self._draft(source, entry, amounts)
                if draft is not None:
                    yield Ready(draft, "")

    def _draft(self, source: Source, entry: SourceEntry, amounts: Amounts) -> EntryDraft | None:
        taken = self._taken(entry, source, tell=False)
        if taken is None or any(line.account not in self.chosen for line in taken):
            return None
        try:
            converted = self._converted(taken, amounts, entry)
        except Doubt:
            return None
        lines = [
            self._line(line, made)
            for line, made in zip(taken, converted, strict=True)
            if made.amount
        ]
        if entry.opening:
            lines = self.items.without_items(lines)
        if len(lines) < 2:
            return None
        return EntryDraft(
            date=entry.date,
            lines=lines,
            text=_short(entry.text, LONGEST_TEXT),
            journal=self.journals.code(entry.journal, opening=entry.opening),
            reference=_short(entry.reference, LONGEST_REFERENCE),
        )

    def _line(self, line: SourceLine, made: Converted) -> LineDraft:
        return LineDraft(
            account=self.chosen[line.account].code,
            amount=made.amount,
            currency=made.currency,
            currency_amount=made.currency_amount,
            party=line.party[:LONGEST_PARTY],
            dimensions=dict(line.dimensions),
            text=_short(line.text, LONGEST_TEXT),
            line=line.line or None,
        )

    def _count(self, draft: EntryDraft) -> None:
        self.entries += 1
        self.lines += len(draft.lines)
        self.first = draft.date if self.first is None else min(self.first, draft.date)
        self.last = draft.date if self.last is None else max(self.last, draft.date)
        for line in draft.lines:
            self.posted[line.account] = self.posted.get(line.account, 0) + line.amount
            self.debit += max(line.amount, 0)


def _short(text: str, longest: int) -> str:
    return " ".join(text.replace("\0", " ").split())[:longest]


def _place(doubt: Doubt, entry: SourceEntry) -> int:
    return doubt.args[0] if doubt.args and isinstance(doubt.args[0], int) else entry.line
