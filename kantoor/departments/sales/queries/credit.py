"""What customers owe and how much more they may buy."""

from collections.abc import Sequence

import msgspec
from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.public import owed_by_parties
from kantoor.departments.sales.errors import UnknownCustomer
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.queries import query
from kantoor.kernel.store.lookup import rows_by_key

READ = "sales.read_customers"


class Standing(msgspec.Struct, frozen=True):
    """How a customer stands, in minor units of the company's currency.

    `under_way` is what was confirmed and not invoiced yet, net of tax.
    """

    party_id: int
    code: str
    open: int
    overdue: int
    under_way: int
    credit_limit: int | None
    blocked: bool

    @property
    def room(self) -> int | None:
        """How much more they may buy; None is without limit."""
        if self.blocked:
            return 0
        if self.credit_limit is None:
            return None
        return self.credit_limit - self.open - self.under_way


class Debt(msgspec.Struct, frozen=True):
    """What a customer owes, in minor units: all of it, and what is past its due date."""

    customer: str
    name: str
    open: int
    overdue: int
    currency: str


class Purchase(msgspec.Struct, frozen=True):
    """Whether a customer may buy for an amount; `room` is what is left of their credit limit.

    `reason` is empty, `blocked` or `credit_limit`.
    """

    customer: str
    may_buy: bool
    reason: str
    room: int | None
    open: int
    under_way: int
    credit_limit: int | None
    currency: str


def standings(actor: Actor, party_ids: Sequence[int]) -> dict[int, Standing]:
    """How these customers stand, in three statements whatever their number."""
    terms = rows_by_key(
        "SELECT customer.party_id, party.code, customer.credit_limit, customer.blocked"
        " FROM sales_customer customer JOIN kernel_party party ON party.id = customer.party_id"
        " WHERE customer.company_id = %s AND customer.party_id IN ({})",
        [actor.company_id],
        party_ids,
    )
    under_way = rows_by_key(
        "SELECT party_id, sum(net) FROM sales_order"
        " WHERE company_id = %s AND state IN ('confirmed', 'delivered')"
        " AND party_id IN ({}) GROUP BY party_id",
        [actor.company_id],
        party_ids,
    )
    owed = owed_by_parties(actor, party_ids)
    found = {}
    for party_id, (code, limit, blocked) in terms.items():
        debt = owed.get(party_id)
        found[party_id] = Standing(
            party_id,
            code,
            debt.open if debt else 0,
            debt.overdue if debt else 0,
            int(under_way.get(party_id, 0)),
            limit,
            bool(blocked),
        )
    return found


@query(permission=READ, title=_("What a customer owes"), exposed=True)
def customer_debt(actor: Actor, /, *, customer: str) -> Debt:
    """What the customer with this code owes the company. Raises UnknownCustomer."""
    party_id, name = _party(actor, customer)
    standing = standings(actor, [party_id])[party_id]
    return Debt(customer, name, standing.open, standing.overdue, actor.currency)


@query(permission=READ, title=_("Whether a customer may buy"), exposed=True)
def may_buy(actor: Actor, /, *, customer: str, amount: int = 0) -> Purchase:
    """Whether the customer with this code may buy for an amount more, in minor units net."""
    party_id, _name = _party(actor, customer)
    standing = standings(actor, [party_id])[party_id]
    room = standing.room
    reason = ""
    if standing.blocked:
        reason = "blocked"
    elif room is not None and amount > max(room, 0):
        reason = "credit_limit"
    return Purchase(
        customer,
        not reason,
        reason,
        room,
        standing.open,
        standing.under_way,
        standing.credit_limit,
        actor.currency,
    )


def _party(actor: Actor, code: str) -> tuple[int, str]:
    found = rows_by_key(
        "SELECT party.code, party.id, party.name FROM kernel_party party"
        " JOIN sales_customer customer ON customer.party_id = party.id"
        " WHERE party.company_id = %s AND party.code IN ({})",
        [actor.company_id],
        [code],
    )
    if code not in found:
        message = _("There is no customer “{code}”.").format(code=code[:40])
        raise UnknownCustomer(message, field="customer")
    party_id, name = found[code]
    return int(party_id), name
