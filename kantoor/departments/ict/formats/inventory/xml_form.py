"""XML of FusionInventory and OCS as the same names and values as the native JSON.

Elements become lower-case names; what stands there more than once becomes a list. Entities, DTDs
and networks are off; depth and number of elements are bounded.
"""

from collections.abc import Collection
from typing import Any

from lxml import etree

from kantoor.departments.ict.formats.inventory.xml_quick import Unusual, quick

MOST_TAGS = 2_400_000
"""A tag costs the parser about a hundred bytes; the largest real inventories have 60,000."""
MOST_DEPTH = 40


class NotXml(Exception):
    """It can't be read as XML."""


def from_xml(
    text: bytes, skip: Collection[str] = (), drop: Collection[str] = ()
) -> tuple[dict[str, Any], bool]:
    """The content of the root element, and whether it had to be mended to be read.

    `skip` are sections of the content that are not read at all, `drop` fields at any depth.

    Raises NotXml. Agents do send control characters and broken encodings: then what is left after
    leaving those out is read.
    """
    if text.count(b"<") > MOST_TAGS:
        raise NotXml("it has too many elements")
    try:
        return quick(text, skip, drop, MOST_DEPTH), False
    except Unusual:
        pass
    return by_tree(text, skip, drop)


def by_tree(
    text: bytes, skip: Collection[str] = (), drop: Collection[str] = ()
) -> tuple[dict[str, Any], bool]:
    """The same of any text, however broken; see from_xml. Raises NotXml."""
    try:
        return _read(text, _Walk(skip, drop), mend=False), False
    except NotXml:
        return _read(text, _Walk(skip, drop), mend=True), True


def _read(text: bytes, walk: "_Walk", *, mend: bool) -> dict[str, Any]:
    # collect_ids=False would be quicker, but makes lxml 6 read the file that a DOCTYPE names.
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        recover=mend,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(text, parser)
    except (etree.LxmlError, UnicodeError, LookupError, ValueError) as error:
        raise NotXml(str(error)[:200]) from None
    found = {} if root is None else walk.value(root)
    if not found:
        raise NotXml("it has no content")
    return found


class _Walk:
    """From elements to names and values; sections to `skip` stand right below the content."""

    def __init__(self, skip: Collection[str], drop: Collection[str]) -> None:
        self.skip, self.drop = skip, drop
        self.names: dict[Any, str] = {}

    def value(self, element: Any, depth: int = 0) -> Any:
        if depth > MOST_DEPTH:
            raise NotXml("it is nested too deeply")
        found: dict[str, Any] = {}
        names = self.names
        for child in element:
            tag, text = child.tag, child.text
            name = names.get(tag)
            if name is None:
                name = _plain(tag)
                name = names[tag] = "" if name in self.drop else name
            if not name or (depth == 1 and name in self.skip):
                continue
            if text is None or text.isspace():
                value = self.value(child, depth + 1) or "" if len(child) else ""
            else:
                value = text.strip()
            if name not in found:
                found[name] = value
            elif isinstance(found[name], list):
                found[name].append(value)
            else:
                found[name] = [found[name], value]
        return found


def _plain(tag: Any) -> str:
    """The name of an element; none for a reference to an entity, which is never followed."""
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""
