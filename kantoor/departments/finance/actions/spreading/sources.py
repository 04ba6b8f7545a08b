"""What drafts of spreads name by code, looked up once for all."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.actions.dimension_sets import canonical, dimension_sets
from kantoor.departments.finance.drafts import LineDraft
from kantoor.departments.finance.drafts_spreading import SpreadDraft
from kantoor.departments.finance.errors import TooMuch, UnknownDimension
from kantoor.departments.finance.models.receivables import CONTROL_ROLES
from kantoor.departments.finance.queries.account_keys import keys_of_accounts, named_first
from kantoor.departments.finance.queries.entry_numbers import entry_keys
from kantoor.departments.finance.queries.roles import account_with_role, accounts_by_role
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import InvalidInput, NotFound
from kantoor.kernel.store.lookup import rows_by_key

ROLES = {"prepaid": "prepaid_expenses", "deferred_income": "deferred_income"}


Day = date
"""The type of the fields that are called `date`."""


class Source(NamedTuple):
    """What is spread: so much, from a posted line or by hand (then without an account)."""

    amount: int
    account_id: int = 0
    dimension_set_id: int = 0
    line_id: int | None = None
    date: Day | None = None
    text: str = ""
    origin: str = ""


class Sources:
    """All that many drafts name, in a fixed number of statements."""

    def __init__(self, actor: Actor, drafts: Sequence[SpreadDraft]) -> None:
        company = actor.company_id
        self._roles = accounts_by_role(company)
        results = named_first([each.result_account for each in drafts])
        balances = named_first([each.balance_account for each in drafts])
        self._accounts = {
            **keys_of_accounts(company, results, "result_account"),
            **keys_of_accounts(company, balances, "balance_account"),
        }
        self._sets = dimension_sets(
            actor, [LineDraft(account="", amount=0, dimensions=each.dimensions) for each in drafts]
        )
        self._entries = entry_keys(company, [each.entry for each in drafts if each.entry])
        self._lines: dict[tuple[int, int], Source] = {}
        self._left: dict[int, int] = {}
        if self._entries:
            self._read_lines()

    def _read_lines(self) -> None:
        found = rows_by_key(
            "SELECT line.id, line.entry_id, line.account_id, line.dimension_set_id, line.amount,"
            " CAST(line.date AS text), line.text, entry.text, entry.origin FROM finance_line line"
            " JOIN finance_entry entry ON entry.id = line.entry_id WHERE line.entry_id IN ({})",
            [],
            set(self._entries.values()),
        )
        taken = rows_by_key(
            "SELECT line_id, CAST(SUM(amount) AS bigint) FROM finance_spread"
            " WHERE line_id IN ({}) GROUP BY line_id",
            [],
            list(found),
        )
        counts: dict[int, int] = {}
        for key, (entry, account, dims, amount, on, text, said, origin) in sorted(found.items()):
            counts[entry] = counts.get(entry, 0) + 1
            self._lines[entry, counts[entry]] = Source(
                amount, account, dims, key, date.fromisoformat(on), text or said,
                origin or f"finance.entry/{entry}",
            )  # fmt: skip
            self._left[key] = abs(amount) - taken.get(key, 0)

    def source(self, draft: SpreadDraft, place: int) -> Source:
        """What is spread, with enough left of its line; raises NotFound, TooMuch, InvalidInput."""
        if not draft.entry:
            return Source(draft.amount or 0)
        entry = self._entries.get(draft.entry)
        found = self._lines.get((entry, draft.line or 1)) if entry else None
        if found is None or found.line_id is None:
            message = _("There is no line {line} in entry {number}.")
            raise NotFound(
                message.format(line=draft.line or 1, number=draft.entry[:40]),
                field="entry",
                line=place,
            )
        if (found.amount > 0) != (draft.kind == "prepaid"):
            message = _("A cost is spread from a debit line, income from a credit line.")
            raise InvalidInput(message, field="kind", line=place)
        left = self._left[found.line_id]
        amount = left if draft.amount is None else draft.amount
        if amount > left or not left:
            message = _("Only {left} minor units of that line are not spread yet.")
            raise TooMuch(message.format(left=left), field="amount", line=place)
        self._left[found.line_id] = left - amount
        return found._replace(amount=amount)

    def accounts(self, draft: SpreadDraft, source: Source, place: int) -> tuple[int, int]:
        """The keys of the accounts in the result and on the balance sheet."""
        balance = self._account(draft.balance_account, "balance_account", place)
        if balance is None:
            balance = account_with_role(self._roles, ROLES[draft.kind])
        result = self._account(draft.result_account, "result_account", place)
        if result is None and source.account_id and source.account_id != balance:
            result = source.account_id
        if result is None:
            message = _("Say on which account it is a cost or income.")
            raise InvalidInput(message, field="result_account", line=place)
        if result == balance:
            message = _("It can't go from an account to that account.")
            raise InvalidInput(message, field="result_account", line=place)
        return result, balance

    def _account(self, code: str, field: str, place: int) -> int | None:
        if not code:
            return None
        key, role = self._accounts[code]
        if role in CONTROL_ROLES:
            message = _("Account {code} is kept item by item; choose another.").format(code=code)
            raise InvalidInput(message, field=field, line=place)
        return key

    def dimension_set(self, draft: SpreadDraft, place: int) -> int:
        """The set of dimensions; raises UnknownDimension."""
        if not draft.dimensions:
            return 0
        found = self._sets.get(canonical(draft.dimensions))
        if found is None:
            words = ", ".join(f"{code} “{value}”" for code, value in draft.dimensions.items())
            message = _("There is no {dimension} in use.").format(dimension=words[:100])
            raise UnknownDimension(message, field="dimensions", line=place)
        return found
