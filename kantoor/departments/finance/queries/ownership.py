"""Which rows are the actor's company's: asked before their pages are linked to."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.models import Entry
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.queries import query, scoped


@query(permission="finance.read_ledger", title=_("Entries that one may open"))
def own_entries(actor: Actor, /, *, keys: Sequence[int]) -> list[int]:
    """Those of these keys that are entries of the actor's company."""
    return list(scoped(actor, Entry).filter(pk__in=list(keys)[:1000]).values_list("pk", flat=True))
