"""Whose approval purchase invoices and orders need, and who gave theirs already."""

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, NamedTuple, Protocol

from django.utils.translation import gettext
from msgspec import msgpack

from kantoor.departments.finance.models import PurchaseOrder
from kantoor.departments.finance.models.payables import CREDIT_NOTE, INVOICE
from kantoor.departments.finance.queries.payables.three_way import invoices_that_differ
from kantoor.departments.finance.queries.payables.worth import RateDays
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.store.lookup import fetch, rows_by_key


class Need(NamedTuple):
    """One approval that is asked: by a rule, or for differences with the order (no rule).

    `users` are who may give it; empty is anybody who may approve, but who entered it.
    """

    rule_id: int | None
    name: str
    users: frozenset[int]

    def by(self, user_id: int) -> bool:
        """Whether this person can give it."""
        return user_id in self.users if self.rule_id is not None else True


class Needs(NamedTuple):
    """All that is asked of a document, what is still open of it, and what it says now."""

    all: Sequence[Need]
    open: Sequence[Need]
    digest: str


class Rule(NamedTuple):
    """A rule as it is applied; `value` is `cost_centre=100`, empty for the whole document."""

    id: int
    name: str
    from_amount: int
    value: str
    users: frozenset[int]


class Document(Protocol):
    """An invoice, as far as its approval goes."""

    @property
    def pk(self) -> Any: ...
    @property
    def party_id(self) -> int | None: ...
    @property
    def reference(self) -> str: ...
    @property
    def gross(self) -> int: ...
    @property
    def entered_by_id(self) -> int | None: ...
    @property
    def currency(self) -> str: ...
    @property
    def date(self) -> Any: ...
    @property
    def credits_id(self) -> int | None: ...
    @property
    def kind(self) -> str: ...


_RULES = """
SELECT rule.id, rule.name, rule.from_amount, dimension.code, value.code, rule.role_id, rule.user_id
FROM finance_approval_rule rule
LEFT JOIN finance_dimension_value value ON value.id = rule.dimension_value_id
LEFT JOIN finance_dimension dimension ON dimension.id = value.dimension_id
WHERE rule.company_id = %s AND rule.active ORDER BY rule.from_amount, rule.id
"""


def rules_of(company_id: int) -> list[Rule]:
    """The rules in force, with who may satisfy each."""
    rows = fetch(_RULES, [company_id])
    if not rows:
        return []
    holders: dict[int, set[int]] = {}
    granted = fetch(
        "SELECT role_id, user_id FROM kernel_grant WHERE company_id = %s AND ended_at IS NULL",
        [company_id],
    )
    for role_id, user_id in granted:
        holders.setdefault(role_id, set()).add(user_id)
    return [
        Rule(
            key,
            name,
            least,
            f"{dimension}={value}" if dimension else "",
            frozenset({user_id} if user_id else holders.get(role_id, ())),
        )
        for key, name, least, dimension, value, role_id, user_id in rows
    ]


def needs_of(actor: Actor, invoices: Sequence[Document]) -> dict[int, Needs]:
    """What each of these invoices needs, by its key.

    The amounts of rules are in the company's currency; without a rate all of them apply.
    """
    keys = [each.pk for each in invoices]
    differing = invoices_that_differ(actor.company_id, keys)
    return _needs(actor, "finance.purchase_invoice", invoices, _lines(_OF_INVOICE, keys), differing)


def order_needs(actor: Actor, orders: Sequence[PurchaseOrder]) -> dict[int, Needs]:
    """What each of these orders needs, by its key."""
    documents = [as_document(each) for each in orders]
    lines = _lines(_OF_ORDER, [each.pk for each in orders])
    return _needs(actor, "finance.purchase_order", documents, lines, frozenset())


def as_document(order: PurchaseOrder) -> "OrderDocument":
    """An order in the terms of an invoice."""
    return OrderDocument(
        order.pk, order.party_id, order.number, order.net, order.entered_by_id, order.currency,
        order.date,
    )  # fmt: skip


class OrderDocument(NamedTuple):
    """An order in the terms of an invoice."""

    pk: int
    party_id: int | None
    reference: str
    gross: int
    entered_by_id: int | None
    currency: str
    date: Any
    credits_id: int | None = None
    kind: str = INVOICE


def _needs(
    actor: Actor,
    kind: str,
    documents: Sequence[Document],
    lines: Mapping[int, list[tuple[Any, ...]]],
    differing: Collection[int],
) -> dict[int, Needs]:
    rules, rates = rules_of(actor.company_id), RateDays(actor, documents)
    given = _given(f"{kind}/{each.pk}" for each in documents)
    found = {}
    for each in documents:
        mine = lines.get(each.pk, [])
        digest = _digest(each, mine)
        wanted = [
            Need(rule.id, rule.name, rule.users)
            for rule in rules
            if _amount(rule, each, mine, rates) >= rule.from_amount
        ]
        if each.pk in differing:
            name = gettext("a second person, for what differs from the order")
            wanted.append(Need(None, name, frozenset()))
        had = given.get(f"{kind}/{each.pk}", set())
        left = [
            need
            for need in wanted
            if not any(d == digest and r == need.rule_id and u != each.entered_by_id for d, r, u in had)
        ]  # fmt: skip
        found[each.pk] = Needs(wanted, left, digest)
    return found


def _amount(rule: Rule, each: Document, lines: Sequence[tuple[Any, ...]], rates: RateDays) -> int:
    """What a rule is about: the whole, or what the lines of its cost centre come to."""
    if not rule.value:
        return abs(rates.worth(each, each.gross))
    hit = [net for net, dimensions, *_rest in lines if rule.value in dimensions.split("|")]
    return abs(rates.worth(each, sum(hit))) if hit else -1


_OF_INVOICE = (
    "SELECT line.id, line.invoice_id, line.net, COALESCE(dims.key, ''), line.account_id,"
    " line.tax_code_id, line.order_line_id FROM finance_purchase_line line"
    " LEFT JOIN finance_dimension_set dims ON dims.id = line.dimension_set_id"
    " WHERE line.invoice_id IN ({})"
)
_OF_ORDER = (
    "SELECT line.id, line.order_id, line.net, COALESCE(dims.key, ''), line.account_id,"
    " line.tax_code_id, line.quantity FROM finance_purchase_order_line line"
    " LEFT JOIN finance_dimension_set dims ON dims.id = line.dimension_set_id"
    " WHERE line.order_id IN ({})"
)


def _lines(sql: str, keys: Sequence[int]) -> dict[int, list[tuple[Any, ...]]]:
    """Net amount and dimensions of each line, and whatever else an approval is of."""
    found = rows_by_key(sql, [], keys)
    lines: dict[int, list[tuple[Any, ...]]] = {}
    for _key, (invoice_id, *rest) in sorted(found.items()):
        lines.setdefault(invoice_id, []).append(tuple(rest))
    return lines


def _digest(each: Document, lines: Sequence[tuple[Any, ...]]) -> str:
    """What an approval is of: whose it is, what it comes to, and how it is booked."""
    said = [each.party_id, each.reference, each.currency, each.gross, list(map(list, lines))]
    if each.kind == CREDIT_NOTE:
        said.append(each.kind)
    return hashlib.sha256(msgpack.encode(said)).hexdigest()


def _given(about: Iterable[str]) -> Mapping[str, set[tuple[str, int | None, int]]]:
    found = rows_by_key(
        "SELECT id, about, digest, rule_id, user_id FROM finance_purchase_approval"
        " WHERE about IN ({})",
        [],
        about,
    )
    given: dict[str, set[tuple[str, int | None, int]]] = {}
    for name, digest, rule_id, user_id in found.values():
        given.setdefault(name, set()).add((digest, rule_id, user_id))
    return given
