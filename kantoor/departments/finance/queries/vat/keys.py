"""Filed returns by their codes and keys, for pages and references."""

from collections.abc import Sequence

from kantoor.departments.finance.models import VatReturn
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.queries import scoped


def vat_return_key(company_id: int, code: str) -> int | None:
    """The key of a filed return or supplement; None for one that is not filed."""
    found = VatReturn.objects.filter(company_id=company_id, chain="vat", code=code).first()
    return found.pk if found else None


def vat_return_codes(actor: Actor, keys: Sequence[int]) -> dict[int, tuple[str, str]]:
    """Chain and code of filed documents of the actor's company, by key."""
    found = scoped(actor, VatReturn).filter(pk__in=keys).values_list("pk", "chain", "code")
    return {key: (chain, code) for key, chain, code in found}
