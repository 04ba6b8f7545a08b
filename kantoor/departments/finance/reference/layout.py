"""The groups of the balance sheet and the profit and loss account, in the order they are shown."""

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any

from kantoor.departments.finance.reference.files import read_toml
from kantoor.departments.finance.reference.text import Text


class Kind(StrEnum):
    """What an account measures; it decides which side raises it and whether a year closes it."""

    ASSET = "asset"
    LIABILITY = "liability"
    EQUITY = "equity"
    INCOME = "income"
    EXPENSE = "expense"


class Statement(StrEnum):
    """The statement that a group stands on."""

    BALANCE_SHEET = "balance_sheet"
    PROFIT_AND_LOSS = "profit_and_loss"


class Side(StrEnum):
    """What a group counts towards."""

    ASSETS = "assets"
    EQUITY_AND_LIABILITIES = "equity_and_liabilities"
    RESULT = "result"


@dataclass(frozen=True, slots=True)
class Group:
    """One block of accounts on a statement.

    `subtotal` names the running total of the group's side, shown after it; None when there is none.
    """

    code: str
    statement: Statement
    side: Side
    kinds: frozenset[Kind]
    name: Text
    subtotal: Text | None


@cache
def groups() -> tuple[Group, ...]:
    """Every group in the order of the page, the balance sheet first."""
    return tuple(_group(table) for table in read_toml("layout.toml")["groups"])


@cache
def group(code: str) -> Group:
    """The group with this code; `KeyError` when there is none."""
    return {each.code: each for each in groups()}[code]


def on(statement: Statement) -> tuple[Group, ...]:
    """The groups of one statement, in order."""
    return tuple(each for each in groups() if each.statement == statement)


def _group(table: dict[str, Any]) -> Group:
    return Group(
        code=table["code"],
        statement=Statement(table["statement"]),
        side=Side(table["side"]),
        kinds=frozenset(Kind(kind) for kind in table["kinds"]),
        name=Text.of(table["name"]),
        subtotal=Text.of(table["subtotal"]) if "subtotal" in table else None,
    )
