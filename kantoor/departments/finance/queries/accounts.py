"""The chart of accounts, journals and dimensions of a company, in the reader's language."""

from typing import Any

import msgspec
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from kantoor.departments.finance.errors import UnknownAccount
from kantoor.departments.finance.models import Account, Dimension, DimensionValue, Journal
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.queries import query, scoped
from kantoor.kernel.store.lookup import fetch


class AccountRow(msgspec.Struct, frozen=True):
    """An account; `group` is its place on the statements, `role` its place in posting rules."""

    code: str
    name: str
    kind: str
    group: str
    rgs: str
    role: str
    active: bool


class JournalRow(msgspec.Struct, frozen=True):
    """A journal."""

    code: str
    name: str
    kind: str


class DimensionRow(msgspec.Struct, frozen=True):
    """A dimension with the values that can be used."""

    code: str
    name: str
    values: dict[str, str]
    """Names by code."""


class Heading(msgspec.Struct, frozen=True):
    """What reports say of an account, and its key for joining sums to it."""

    id: int
    code: str
    name: str
    kind: str
    group: str
    rgs: str = ""

    @property
    def carried(self) -> bool:
        """Whether its balance goes on into the next fiscal year."""
        return self.kind not in ("income", "expense")


@query(permission="finance.read_ledger", title=_("Chart of accounts"), exposed=True)
def accounts(actor: Actor, /, *, retired: bool = False) -> list[AccountRow]:
    """The accounts in order of code; with `retired` those out of use too."""
    found = scoped(actor, Account).order_by("code")
    if not retired:
        found = found.filter(active=True)
    return [
        AccountRow(
            each.code, name_of(actor, each), each.kind, each.group, each.rgs, each.role, each.active
        )
        for each in found
    ]


@query(permission="finance.read_ledger", title=_("Journals"), exposed=True)
def journals(actor: Actor, /) -> list[JournalRow]:
    """The journals in order of code."""
    found = scoped(actor, Journal).order_by("code")
    return [JournalRow(each.code, name_of(actor, each), each.kind) for each in found]


@query(permission="finance.read_ledger", title=_("Dimensions"), exposed=True)
def dimensions(actor: Actor, /) -> list[DimensionRow]:
    """The dimensions in order of code, with their values in use."""
    values: dict[int, dict[str, str]] = {}
    used = DimensionValue.objects.filter(dimension__company_id=actor.company_id, active=True)
    for owner, code, name in used.order_by("code").values_list("dimension_id", "code", "name"):
        values.setdefault(owner, {})[code] = name
    found = scoped(actor, Dimension).order_by("code")
    return [
        DimensionRow(each.code, name_of(actor, each), values.get(each.pk, {})) for each in found
    ]


def name_of(actor: Actor, row: Any) -> str:
    """The name in the actor's language of what has one in both."""
    return str(row.name_nl if actor.language.startswith("nl") else row.name_en)


def in_words(actor: Actor, words: Any) -> str:
    """Words of a report in the actor's language."""
    with override(actor.language):
        return str(words)


def name_column(actor: Actor) -> str:
    """The column with the names in the actor's language."""
    return "name_nl" if actor.language.startswith("nl") else "name_en"


def headings(actor: Actor) -> list[Heading]:
    """All accounts of the company in order of code, retired ones too."""
    rows = fetch(
        f"SELECT id, code, {name_column(actor)}, kind, grouping, rgs FROM finance_account"  # noqa: S608
        " WHERE company_id = %s ORDER BY code",
        [actor.company_id],
    )
    return [Heading(*row) for row in rows]


def heading_of(actor: Actor, code: str) -> Heading:
    """The heading of one account; raises UnknownAccount."""
    for each in headings(actor):
        if each.code == code:
            return each
    message = _("There is no account “{code}”.").format(code=code)
    raise UnknownAccount(message, field="account")
