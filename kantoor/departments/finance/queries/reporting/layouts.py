"""Layouts of statements as data: rows of accounts, sums of rows, headings; TOML in and out.

[[rows]]
key = "sales"                    # what sums name it by
en = "Sales"
nl = "Omzet"
accounts = ["group:revenue", "8000-8999", "rgs:WOmz", "80301", "kind:income"]
sign = "credit"                  # which side counts up: debit or credit
details = true                   # each account on a row of its own

[[rows]]
key = "margin"
en = "Gross margin"
nl = "Brutomarge"
sum = ["sales", "costs"]         # a row of which less is taken is named with a minus: "-costs"
style = "total"                  # heading, line, subtotal or total

`result` among the accounts of a balance sheet stands for what no closing entry took to equity.
"""

import tomllib
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.queries.accounts import AccountRow
from kantoor.departments.finance.reference import layout
from kantoor.kernel.errors import InvalidInput

STATEMENTS = ("balance_sheet", "profit_and_loss")
STYLES = ("heading", "line", "subtotal", "total")
MOST_ROWS, LONGEST = 300, 60_000
RESULT = "result"
_KNOWN = frozenset(["key", "en", "nl", "accounts", "sum", "sign", "details", "style", "level"])


class LayoutRow(NamedTuple):
    """A row: of accounts, of other rows' sum, or a heading without figures."""

    key: str
    en: str
    nl: str
    accounts: tuple[str, ...] = ()
    sum: tuple[str, ...] = ()
    sign: str = "credit"
    details: bool = False
    style: str = "line"
    level: int = 1

    def name(self, language: str) -> str:
        """The title in a language."""
        return self.nl if language.startswith("nl") else self.en


def read_layout(text: str) -> tuple[LayoutRow, ...]:
    """The rows of a definition; raises InvalidInput with the number of the row."""
    if len(text) > LONGEST:
        raise InvalidInput(_("The layout is too long."), field="definition")
    try:
        found = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        message = _("The layout is no TOML: {why}.").format(why=str(error)[:100])
        raise InvalidInput(message, field="definition") from None
    tables = found.get("rows")
    if not isinstance(tables, list) or not 0 < len(tables) <= MOST_ROWS or set(found) != {"rows"}:
        message = _("A layout is a list of [[rows]], {most} at most.").format(most=MOST_ROWS)
        raise InvalidInput(message, field="definition")
    rows: list[LayoutRow] = []
    for number, table in enumerate(tables, 1):
        row = _row(table, number)
        before = {each.key for each in rows}
        if row.key in before:
            raise _wrong(_("Another row is called “{what}”."), row.key, number)
        if unknown := [each for each in row.sum if each.lstrip("-") not in before]:
            raise _wrong(_("No row above is called “{what}”."), unknown[0], number)
        rows.append(row)
    return tuple(rows)


def _wrong(message: Any, what: object, number: int) -> InvalidInput:
    said = message.format(what=str(what)[:40])
    return InvalidInput(said, field="definition", line=number)


def _row(table: Any, number: int) -> LayoutRow:
    if not isinstance(table, dict):
        raise _wrong(_("“{what}” is no row."), table, number)
    if unknown := sorted(set(table) - _KNOWN):
        raise _wrong(_("A row knows no “{what}”."), unknown[0], number)
    texts = {name: table.get(name, "") for name in ("key", "en", "nl", "sign", "style")}
    lists = {name: table.get(name, []) for name in ("accounts", "sum")}
    for name, value in texts.items():
        if not isinstance(value, str) or len(value) > 200:
            raise _wrong(_("“{what}” is a text in quotes."), name, number)
    for name, several in lists.items():
        if not isinstance(several, list) or not all(isinstance(each, str) for each in several):
            raise _wrong(_("“{what}” is a list of texts in quotes."), name, number)
    row = LayoutRow(
        key=texts["key"] or f"row{number}",
        en=texts["en"] or texts["nl"],
        nl=texts["nl"] or texts["en"],
        accounts=tuple(lists["accounts"]),
        sum=tuple(lists["sum"]),
        sign=texts["sign"] or "credit",
        details=bool(table.get("details")),
        style=texts["style"] or ("line" if lists["accounts"] or lists["sum"] else "heading"),
        level=table["level"] if table.get("level") in (0, 1, 2, 3, 4) else 1,
    )
    if not row.en:
        raise _wrong(_("Row {what} has no title (en, nl)."), number, number)
    if row.style not in STYLES or row.sign not in ("debit", "credit"):
        raise _wrong(_("“{what}” is no style or sign."), f"{row.style}, {row.sign}", number)
    if row.accounts and row.sum:
        raise _wrong(_("“{what}” has accounts or a sum, not both."), row.key, number)
    return row


def written(rows: Iterable[LayoutRow]) -> str:
    """The definition of rows, as a person edits it."""
    parts = []
    for row in rows:
        lines = ["[[rows]]", f"key = {_quoted(row.key)}", f"en = {_quoted(row.en)}",
                 f"nl = {_quoted(row.nl)}"]  # fmt: skip
        lines += [
            f"{name} = [{', '.join(map(_quoted, several))}]"
            for name, several in (("accounts", row.accounts), ("sum", row.sum))
            if several
        ]
        if row.accounts:
            lines.append(f"sign = {_quoted(row.sign)}")
        if row.details:
            lines.append("details = true")
        lines += [f"style = {_quoted(row.style)}", f"level = {row.level}"]
        parts.append("\n".join(lines) + "\n")
    return "\n".join(parts)


def _quoted(text: str) -> str:
    plain = "".join(sign if sign.isprintable() else " " for sign in text)
    return '"' + plain.replace("\\", "\\\\").replace('"', '\\"') + '"'


def standard_rows(statement: str) -> tuple[LayoutRow, ...]:
    """The layout that comes with Kantoor, as rows that can be copied and changed."""
    rows: list[LayoutRow] = []
    sides: dict[str, list[str]] = {}
    for group in layout.on(layout.Statement(statement)):
        accounts = [f"group:{group.code}"]
        if group.code == "equity":
            accounts.append(RESULT)
        sign = "debit" if group.side is layout.Side.ASSETS else "credit"
        rows.append(
            LayoutRow(
                group.code, group.name.en, group.name.nl, tuple(accounts), (), sign,
                details=True, style="subtotal", level=1,
            )
        )  # fmt: skip
        sides.setdefault(group.side.value, []).append(group.code)
        if group.subtotal is not None:
            key = f"{group.code}_total"
            names = group.subtotal
            counted = tuple(sides[group.side.value])
            rows.append(LayoutRow(key, names.en, names.nl, (), counted, style="total", level=0))
    return tuple(rows)


def places(rows: Sequence[LayoutRow], accounts: Sequence[AccountRow]) -> dict[str, list[str]]:
    """The keys of the rows that each account stands on, by its code."""
    tests = [(row.key, pattern) for row in rows for pattern in row.accounts]
    found: dict[str, list[str]] = {}
    for account in accounts:
        keys = [key for key, pattern in tests if fits(pattern, account)]
        found[account.code] = list(dict.fromkeys(keys))
    return found


def fits(pattern: str, account: AccountRow) -> bool:
    """Whether a pattern takes an account: its code, a range of codes, a group, a kind, RGS."""
    kind, colon, value = pattern.partition(":")
    if colon:
        if kind == "rgs":
            return bool(account.rgs) and account.rgs.startswith(value)
        return {"group": account.group, "kind": account.kind}.get(kind) == value
    first, dash, last = pattern.partition("-")
    if dash and first and last:
        code = account.code
        return first <= code and (code <= last or code.startswith(last))
    if pattern.endswith("*"):
        return account.code.startswith(pattern[:-1])
    return account.code == pattern
