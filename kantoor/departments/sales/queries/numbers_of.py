"""The numbers of orders, quotations and returns by their keys, for pages that link to them."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from kantoor.departments.sales.models import Article, Order, Quotation, Return
from kantoor.departments.sales.models.orders import order_number
from kantoor.departments.sales.models.quotations import quotation_number
from kantoor.departments.sales.models.returns import return_number
from kantoor.departments.sales.queries.orders import READ
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.queries import query, scoped

MOST = 1000


@query(permission=READ, title=_("Numbers of orders"))
def order_numbers(actor: Actor, /, *, keys: Sequence[int]) -> dict[int, str]:
    """Those of the actor's company among these orders."""
    found = scoped(actor, Order).filter(pk__in=list(keys)[:MOST])
    return {key: order_number(number) for key, number in found.values_list("pk", "number")}


@query(permission=READ, title=_("Numbers of quotations"))
def quotation_numbers(actor: Actor, /, *, keys: Sequence[int]) -> dict[int, str]:
    """Those of the actor's company among these quotations."""
    found = scoped(actor, Quotation).filter(pk__in=list(keys)[:MOST])
    return {key: quotation_number(number) for key, number in found.values_list("pk", "number")}


@query(permission=READ, title=_("Numbers of returns"))
def return_numbers(actor: Actor, /, *, keys: Sequence[int]) -> dict[int, str]:
    """Those of the actor's company among these returns."""
    found = scoped(actor, Return).filter(pk__in=list(keys)[:MOST])
    return {key: return_number(number) for key, number in found.values_list("pk", "number")}


@query(permission=READ, title=_("Codes of articles"))
def article_codes(actor: Actor, /, *, keys: Sequence[int]) -> dict[int, str]:
    """Those of the actor's company among these articles."""
    found = scoped(actor, Article).filter(pk__in=list(keys)[:MOST])
    return dict(found.values_list("pk", "code"))
