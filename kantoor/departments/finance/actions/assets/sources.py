"""What drafts of assets name by code, looked up once for all: categories, lines, accounts, parties."""

from collections.abc import Sequence
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.actions.dimension_sets import canonical, dimension_sets
from kantoor.departments.finance.drafts import LineDraft
from kantoor.departments.finance.drafts_assets import AssetDraft
from kantoor.departments.finance.errors import (
    TooMuch,
    UnknownAsset,
    UnknownDimension,
    UnknownParty,
)
from kantoor.departments.finance.models import AssetCategory
from kantoor.departments.finance.models.receivables import CONTROL_ROLES
from kantoor.departments.finance.queries.account_keys import keys_of_accounts, named_first
from kantoor.departments.finance.queries.assets.lines import left_of_lines
from kantoor.departments.finance.queries.assets.standing import standings_of
from kantoor.departments.finance.queries.entry_numbers import entry_keys
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import InvalidInput, NotFound
from kantoor.kernel.queries import scoped
from kantoor.kernel.store.lookup import rows_by_key


class Source(NamedTuple):
    """What an asset is booked from: a posted line, or an account."""

    account_id: int
    dimension_set_id: int = 0
    party_id: int | None = None
    line_id: int | None = None
    origin: str = ""


class Sources:
    """All that many drafts name, in a fixed number of statements."""

    def __init__(self, actor: Actor, drafts: Sequence[AssetDraft]) -> None:
        company = actor.company_id
        self._company = company
        self._categories = {each.code: each for each in scoped(actor, AssetCategory)}
        self._parties: dict[str, int] = rows_by_key(
            "SELECT code, id FROM kernel_party WHERE company_id = %s AND code IN ({})",
            [company],
            {each.supplier for each in drafts if each.supplier and "\0" not in each.supplier},
        )
        self._wholes = standings_of(company, [each.part_of for each in drafts if each.part_of])
        self._sets = dimension_sets(
            actor, [LineDraft(account="", amount=0, dimensions=each.dimensions) for each in drafts]
        )
        contras = named_first([each.contra for each in drafts])
        self._accounts = keys_of_accounts(company, contras, "contra")
        self._entries = entry_keys(company, [each.entry for each in drafts if each.entry])
        self._lines: dict[tuple[int, int], Source] = {}
        self._left: dict[int, int] = {}
        if self._entries:
            self._read_lines()

    def _read_lines(self) -> None:
        found = rows_by_key(
            "SELECT line.id, line.entry_id, line.account_id, line.dimension_set_id,"
            " line.party_id, entry.origin, entry.id FROM finance_line line"
            " JOIN finance_entry entry ON entry.id = line.entry_id WHERE line.entry_id IN ({})",
            [],
            set(self._entries.values()),
        )
        counts: dict[int, int] = {}
        for key, (entry, account, dimensions, party, origin, _id) in sorted(found.items()):
            counts[entry] = counts.get(entry, 0) + 1
            source = Source(account, dimensions, party, key, origin or f"finance.entry/{entry}")
            self._lines[entry, counts[entry]] = source
        self._left = left_of_lines(self._company, list(found))

    def category(self, code: str, place: int) -> AssetCategory:
        """A category in use; raises UnknownAsset."""
        found = self._categories.get(code)
        if found is None or not found.active:
            message = _("There is no category “{code}” of assets in use.").format(code=code[:20])
            raise UnknownAsset(message, field="category", line=place)
        return found

    def whole(self, number: str, place: int) -> int | None:
        """The asset that this is a component of; raises UnknownAsset."""
        if not number:
            return None
        found = self._wholes.get(number)
        if found is None or found.disposed_on:
            message = _("There is no asset “{number}” in the books.").format(number=number[:20])
            raise UnknownAsset(message, field="part_of", line=place)
        return found.asset_id

    def supplier(self, code: str, place: int) -> int | None:
        """The supplier; raises UnknownParty."""
        if not code:
            return None
        if code not in self._parties:
            message = _("There is no party “{code}”.").format(code=code[:40])
            raise UnknownParty(message, field="supplier", line=place)
        return self._parties[code]

    def dimension_set(self, draft: AssetDraft, place: int) -> int:
        """The set of dimensions; raises UnknownDimension."""
        if not draft.dimensions:
            return 0
        found = self._sets.get(canonical(draft.dimensions))
        if found is None:
            words = ", ".join(f"{code} “{value}”" for code, value in draft.dimensions.items())
            message = _("There is no {dimension} in use.").format(dimension=words[:100])
            raise UnknownDimension(message, field="dimensions", line=place)
        return found

    def line(self, draft: AssetDraft, place: int) -> Source | None:
        """The posted line it is registered from, with enough left; raises NotFound, TooMuch."""
        if not draft.entry:
            return None
        entry = self._entries.get(draft.entry)
        source = self._lines.get((entry, draft.line or 1)) if entry else None
        if source is None or source.line_id is None:
            message = _("There is no line {line} in entry {number}.")
            raise NotFound(
                message.format(line=draft.line or 1, number=draft.entry[:40]),
                field="entry",
                line=place,
            )
        left = self._left[source.line_id]
        if draft.cost > left:
            words = _("Of line {line} of {number} only {left} minor units are not registered yet.")
            raise TooMuch(
                words.format(line=draft.line or 1, number=draft.entry, left=max(0, left)),
                field="cost",
                line=place,
            )
        self._left[source.line_id] = left - draft.cost
        return source

    def contra(self, draft: AssetDraft, place: int) -> Source | None:
        """What the cost comes from; None where the books hold the asset already."""
        if draft.entry:
            entry = self._entries[draft.entry]
            return self._lines[entry, draft.line or 1]
        if not draft.contra:
            return None
        key, role = self._accounts[draft.contra]
        party = self._parties.get(draft.supplier)
        if role in CONTROL_ROLES and party is None:
            message = _("Account {code} is kept by party; name the supplier.")
            raise InvalidInput(message.format(code=draft.contra), field="supplier", line=place)
        return Source(key, party_id=party if role in CONTROL_ROLES else None)
