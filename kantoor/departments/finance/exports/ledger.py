"""Export the whole ledger of a company as text, in a form that another program reads."""

from collections.abc import Callable, Iterator
from typing import Literal

from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.exports.beancount import beancount
from kantoor.departments.finance.exports.hledger import hledger
from kantoor.departments.finance.exports.reading import Ledger, read_ledger
from kantoor.departments.finance.exports.table import table
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import InvalidInput
from kantoor.kernel.queries import query
from kantoor.kernel.store.stream import snapshot

Format = Literal["beancount", "hledger", "csv"]

FORMATS: dict[str, Callable[[Ledger], Iterator[str]]] = {
    "beancount": beancount,
    "hledger": hledger,
    "csv": table,
}


@query(permission="finance.export_ledger", title=_("Export the ledger"))
def export_ledger(actor: Actor, /, *, format: Format) -> Iterator[str]:
    """The whole ledger as pieces of text, of one moment and in bounded memory.

    `beancount` and `hledger` for those programs, `csv` for `post` and for spreadsheets. Raises
    InvalidInput for another format.
    """
    write = FORMATS.get(format)
    if write is None:
        message = _("There is no format “{format}”; there are: {known}.")
        known = ", ".join(FORMATS)
        raise InvalidInput(message.format(format=format, known=known), field="format")
    return _pieces(actor, write)


def _pieces(actor: Actor, write: Callable[[Ledger], Iterator[str]]) -> Iterator[str]:
    with snapshot():
        yield from write(read_ledger(actor))
