"""Which account here an account of the file becomes: mapped, found, or made."""

import re
from collections.abc import Mapping as Table
from typing import NamedTuple

from kantoor.departments.finance.codes import ACCOUNT
from kantoor.departments.finance.formats.administration import SourceAccount
from kantoor.departments.finance.formats.leaving.mapping import KINDS, Mapping
from kantoor.departments.finance.reference import layout
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.store.lookup import fetch

GROUPS = {"asset": "current_assets", "liability": "current_liabilities", "equity": "equity",
          "income": "revenue", "expense": "other_operating"}  # fmt: skip
_RGS = (
    ("BIva", "asset", "fixed_assets"), ("BMva", "asset", "fixed_assets"),
    ("BFva", "asset", "fixed_assets"), ("BVas", "asset", "fixed_assets"),
    ("BVrd", "asset", "inventories"), ("BPro", "asset", "inventories"),
    ("BVor", "asset", "current_assets"), ("BEff", "asset", "current_assets"),
    ("BLim", "asset", "cash"), ("BEiv", "equity", "equity"),
    ("BVrz", "liability", "provisions"), ("BLas", "liability", "long_term_liabilities"),
    ("BSch", "liability", "current_liabilities"), ("WOmz", "income", "revenue"),
    ("WKpr", "expense", "cost_of_sales"), ("WOvb", "income", "other_income"),
    ("WPer", "expense", "personnel"), ("WAfs", "expense", "depreciation"),
    ("WBed", "expense", "other_operating"), ("WFbe", "", "financial"), ("WBel", "", "tax"),
    ("WVkf", "expense", "other_operating"),
)  # fmt: skip
_ROOTS = {
    "asset": "assets asset activa bezittingen",
    "liability": "liabilities liability passiva schulden",
    "equity": "equity vermogen eigen-vermogen",
    "income": "income revenue revenues opbrengsten omzet inkomsten",
    "expense": "expenses expense kosten uitgaven",
}
_KIND_OF_ROOT = {_word: _kind for _kind, words in _ROOTS.items() for _word in words.split()}
_MONEY = re.compile(r"bank|cash|\bkas\b|check|saving|spaar|paypal", re.IGNORECASE)


class Here(NamedTuple):
    """An account of the company."""

    code: str
    name: str
    kind: str
    group: str
    rgs: str
    role: str


class Chosen(NamedTuple):
    """What an account of the file becomes; the code is empty while its kind is not known."""

    code: str
    name: str
    kind: str
    group: str
    rgs: str
    how: str


class Choosing:
    """Chooses for one import; what is made gets a code that nothing else has."""

    def __init__(self, actor: Actor, mapping: Mapping) -> None:
        column = "name_nl" if actor.language.startswith("nl") else "name_en"
        rows = fetch(
            f"SELECT code, {column}, kind, grouping, rgs, role FROM finance_account"  # noqa: S608
            " WHERE company_id = %s AND active",
            [actor.company_id],
        )
        self.here = {row[0]: Here(*row) for row in rows}
        by_rgs: dict[str, list[Here]] = {}
        for each in self.here.values():
            by_rgs.setdefault(each.rgs, []).append(each)
        self.by_rgs = {rgs: found[0] for rgs, found in by_rgs.items() if rgs and len(found) == 1}
        retired = fetch(
            "SELECT code FROM finance_account WHERE company_id = %s AND NOT active",
            [actor.company_id],
        )
        self.taken = {*self.here, *(code for (code,) in retired)}
        self.mapping = mapping

    def role(self, role: str) -> str:
        """The code of the account with a role, or nothing."""
        return next((each.code for each in self.here.values() if each.role == role), "")

    def choose(self, source: SourceAccount, total: int) -> Chosen | None:
        """What an account becomes; `total` decides its side where the file says only B or P.

        None for one that is mapped to an account that is not there.
        """
        if mapped := self.mapping.account(source.code):
            found = self.here.get(mapped)
            return Chosen(*found[:5], "mapped") if found else None
        if found := self._found(source):
            return Chosen(*found[:5], "found")
        kind, group = self._kind(source, total)
        name = source.name or source.code
        code = self._code(source.code) if kind else ""
        return Chosen(code, name[:200], kind, group, source.rgs[:20], "made")

    def _found(self, source: SourceAccount) -> Here | None:
        code = source.code
        for root in ("Assets:", "Liabilities:", "Equity:", "Income:", "Expenses:"):
            # As our own exports name accounts.
            if code.startswith(root) and code[len(root) :] in self.here:
                code = code[len(root) :]
                break
        return self.here.get(code) or self.by_rgs.get(source.rgs)

    def _kind(self, source: SourceAccount, total: int) -> tuple[str, str]:
        kind = self.mapping.kind(source.code) or (source.kind if source.kind in KINDS else "")
        for begin, of, group in _RGS:
            if source.rgs.startswith(begin) and kind in ("", of or kind):
                kind = kind or of or ("income" if total < 0 else "expense")
                return kind, group
        if not kind and source.kind.upper() == "P":
            kind = "income" if total < 0 else "expense"
        if not kind and source.kind.upper() in ("B", "M"):
            kind = "asset" if total >= 0 else "liability"
        if not kind:
            root = source.code.partition(":")[0].strip().lower().replace(" ", "-")
            kind = _KIND_OF_ROOT.get(root, "")
        group = GROUPS.get(kind, "")
        if kind == "asset" and _MONEY.search(f"{source.code} {source.name}"):
            group = "cash"
        return kind, group

    def _code(self, source: str) -> str:
        """A code of its own: the file's where it can be one, else the last part of its name."""
        last = source.rpartition(":")[2]
        plain = re.sub(r"[^0-9A-Za-z.-]+", "-", last).strip("-.")[:16] or "X"
        code = source if ACCOUNT.fullmatch(source) else plain
        count = 1
        while code in self.taken:
            count += 1
            code = f"{plain[: 19 - len(str(count))]}-{count}"
        self.taken.add(code)
        return code


def kinds_of_group() -> Table[str, frozenset[str]]:
    """The kinds of account that each group of the statements takes."""
    return {group.code: frozenset(kind.value for kind in group.kinds) for group in layout.groups()}
