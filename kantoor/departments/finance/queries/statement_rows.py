"""How statements are built up: groups of the layout, their accounts, and running subtotals."""

from collections.abc import Callable, Iterable, Mapping, Sequence

import msgspec

from kantoor.departments.finance.queries.accounts import Heading
from kantoor.departments.finance.queries.sources import Sources
from kantoor.departments.finance.reference.layout import Group, Side
from kantoor.kernel.actors.actor import Actor

Amounts = tuple[int, int | None]
"""An amount in minor units and the one it is compared with, if any."""


class StatementLine(msgspec.Struct, frozen=True, kw_only=True):
    """An account on a statement, or without a code a result that follows from others."""

    code: str
    name: str
    amount: int
    previous: int | None
    sources: Sources


class Subtotal(msgspec.Struct, frozen=True):
    """A running total of the groups of one side so far."""

    name: str
    amount: int
    previous: int | None


class StatementGroup(msgspec.Struct, frozen=True, kw_only=True):
    """A block of accounts with its sum; `subtotal` stands below it where the layout has one."""

    code: str
    name: str
    side: str
    lines: list[StatementLine]
    amount: int
    previous: int | None
    sources: Sources
    subtotal: Subtotal | None


def plus(one: Amounts, other: Amounts) -> Amounts:
    """Both amounts added, where there are."""
    previous = None if one[1] is None or other[1] is None else one[1] + other[1]
    return one[0] + other[0], previous


def build(
    actor: Actor,
    groups: Iterable[Group],
    accounts: Sequence[Heading],
    amounts: Mapping[int, Amounts],
    sources: Callable[[str, str], Sources],
    extra: Mapping[str, Sequence[StatementLine]],
    nothing: Amounts,
) -> list[StatementGroup]:
    """The groups with their accounts; those on which nothing stands are left out.

    `amounts` are by account key in the sign of the statement; `sources` is called with a group
    and an account; `extra` lines stand behind the accounts of their group.
    """
    running: dict[Side, Amounts] = {}
    built = []
    for group in groups:
        lines = [
            StatementLine(
                code=account.code,
                name=account.name,
                amount=amounts[account.id][0],
                previous=amounts[account.id][1],
                sources=sources("", account.code),
            )
            for account in accounts
            if account.group == group.code and any(amounts.get(account.id, ()))
        ]
        lines.extend(extra.get(group.code, ()))
        total = nothing
        for line in lines:
            total = plus(total, (line.amount, line.previous))
        running[group.side] = plus(running.get(group.side, nothing), total)
        built.append(
            StatementGroup(
                code=group.code,
                name=group.name.in_language(actor.language),
                side=group.side.value,
                lines=lines,
                amount=total[0],
                previous=total[1],
                sources=sources(group.code, ""),
                subtotal=_subtotal(actor, group, running[group.side]),
            )
        )
    return built


def _subtotal(actor: Actor, group: Group, amounts: Amounts) -> Subtotal | None:
    if group.subtotal is None:
        return None
    return Subtotal(group.subtotal.in_language(actor.language), *amounts)
