"""Read an audit file as XML: streamed, in bounds, with no entities; a form says what its parts are.

What the file states of itself is compared with what is in it.
"""

import datetime
import io
import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext_lazy as _
from lxml import etree

from kantoor.departments.finance.formats.administration import Administration, SourceEntry

MOST_BYTES = 1024 * 1024 * 1024
MOST_LINES = 100_000
MOST_HELD = 4_000_000
"""Elements in memory at once: forty for each line of the largest entry."""
LONGEST_AMOUNT = 40
DEEPEST = 32
_DOCTYPE = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
Element = Any


class NotRead(Exception):
    """The file can't be read any further; with the line it is on."""

    def __init__(self, message: Any, line: int = 0) -> None:
        self.message = message
        self.line = line


class AuditReader:
    """Goes through a file once, giving its entries; what else it says is put in `found`.

    With `first` all is gathered; going through the file again only the entries are wanted.
    """

    root = ""
    namespace: re.Pattern[str]
    stranger: Any
    """What is said of a file of another form."""

    def __init__(self, found: Administration) -> None:
        self.found = found
        self.path: list[str] = []
        self.first = True

    def check_totals(self) -> None:
        """Compare what the file states of itself with what was in it."""
        raise NotImplementedError

    def ended(self, name: str, parent: str, element: Element, line: int) -> bool:
        """An element has ended: take what it says; True when it can be forgotten."""
        raise NotImplementedError

    def ready(self) -> Iterator[SourceEntry]:
        """The entries that the last element made whole."""
        raise NotImplementedError

    def entries(self, content: bytes, *, first: bool) -> Iterator[SourceEntry]:
        """The entries, the opening balance before them; raises NotRead."""
        self.first = first
        if len(content) > MOST_BYTES:
            raise NotRead(_("The file is larger than an audit file can be here."))
        if _DOCTYPE.search(content, 0, 4096):
            raise NotRead(_("An audit file has no document type and no entities."))
        try:
            yield from self._events(content)
        except etree.XMLSyntaxError as error:
            line = error.lineno or 0
            message = _("The XML can't be read: {why}.").format(why=str(error.msg)[:120])
            raise NotRead(message, line) from None

    def _events(self, content: bytes) -> Iterator[SourceEntry]:
        events = etree.iterparse(
            io.BytesIO(content), events=("start", "end"), resolve_entities=False,
            no_network=True, load_dtd=False, huge_tree=False, remove_comments=True,
            remove_pis=True,
        )  # fmt: skip
        # Of each open element how many below it are held, and how many that is in all.
        below, held = [0], 0
        for event, element in events:
            if not isinstance(element.tag, str):
                raise NotRead(_("An audit file has no document type and no entities."))
            name = element.tag.rpartition("}")[2]
            if event == "start":
                if not self.path:
                    self._root(element, name)
                self.path.append(name)
                below.append(0)
                held += 1
                if held > MOST_HELD:
                    raise NotRead(_("The file is larger than an audit file can be here."))
                if len(self.path) > DEEPEST:
                    raise NotRead(_("The file is deeper than an audit file is."))
                continue
            self.path.pop()
            below[-2:] = [below[-2] + below[-1] + 1]
            parent = self.path[-1] if self.path else ""
            done = self.ended(name, parent, element, element.sourceline or 0)
            yield from self.ready()
            if done:
                held -= below[-1]
                below[-1] = 0
                element.clear()
                while element.getprevious() is not None and element.getparent() is not None:
                    del element.getparent()[0]

    def _root(self, element: Element, name: str) -> None:
        if element.getroottree().docinfo.doctype:
            raise NotRead(_("An audit file has no document type and no entities."))
        space = element.tag[1:].partition("}")[0] if element.tag.startswith("{") else ""
        if name.lower() != self.root or not self.namespace.fullmatch(space):
            raise NotRead(self.stranger, element.sourceline or 0)

    def decimal(self, text: str, line: int) -> Decimal:
        """An exact number; what is none is a trouble, and nought."""
        try:
            if len(text) > LONGEST_AMOUNT:
                raise InvalidOperation
            amount = Decimal(text)
            # 1E999999 is short, and no sum of such can be made.
            if not amount.is_finite() or abs(amount.adjusted()) > LONGEST_AMOUNT:
                raise InvalidOperation
            return amount
        except InvalidOperation:
            message = _("“{text}” is no amount.").format(text=text[:40])
            self.found.trouble("amount", message, line)
            return Decimal(0)

    def day(self, text: str, line: int) -> datetime.date | None:
        """A date; what is none is a trouble."""
        try:
            return datetime.date.fromisoformat(text[:10])
        except ValueError:
            message = _("“{text}” is no date; write it as 2011-01-31.").format(text=text[:30])
            self.found.trouble("date", message, line)
            return None

    def compare(self, part: Any, name: str, said: str | None, has: Decimal | int) -> None:
        """Say where what a part states of itself is not what is in it."""
        if said and number(said) != has:
            message = _("{part} states {name} {said}, but has {has}.")
            self.found.trouble(
                "totals", message.format(part=part, name=name, said=said[:30], has=has)
            )


def number(text: str) -> Decimal | None:
    """An exact number, or None."""
    try:
        found = Decimal(text)
    except InvalidOperation:
        return None
    return found if found.is_finite() else None


def texts(element: Element) -> dict[str, str]:
    """The texts of an element's own children, the first of each name."""
    found: dict[str, str] = {}
    for child in element:
        if isinstance(child.tag, str) and len(child) == 0 and child.text:
            found.setdefault(child.tag.rpartition("}")[2], child.text.strip())
    return found


def children(element: Element, name: str) -> Iterator[Element]:
    """An element's own children of a name."""
    for child in element:
        if isinstance(child.tag, str) and child.tag.rpartition("}")[2] == name:
            yield child


def administration(form: str, kind: type[AuditReader], content: bytes) -> Administration:
    """The file as an administration; what is wrong stands among its troubles."""
    found = Administration(form)
    reader = kind(found)
    try:
        for _entry in reader.entries(content, first=True):
            pass
        reader.check_totals()
    except NotRead as refused:
        found.trouble("xml", refused.message, refused.line)
        found.entries = lambda: iter(())
        return found
    found.entries = lambda: kind(Administration(form)).entries(content, first=False)
    return found
