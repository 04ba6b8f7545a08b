"""Building blocks of pain messages, and the schemas that they are proved against."""

from datetime import datetime
from functools import cache
from importlib.resources import files

from lxml import etree

from kantoor.departments.finance.formats.sepa.characters import latin
from kantoor.departments.finance.formats.sepa.orders import Account

NAME, REMITTANCE = 70, 140
_URN = "urn:iso:std:iso:20022:tech:xsd:"


class Node:
    """An element that is filled with few words."""

    def __init__(self, element: "etree._Element") -> None:
        self.element = element

    def add(self, tag: str, text: str | None = None, **attributes: str) -> "Node":
        """A child of that name; gives the child."""
        namespace = etree.QName(self.element).namespace
        child = etree.SubElement(self.element, f"{{{namespace}}}{tag}", attributes)
        child.text = text
        return Node(child)


def document(message: str, root: str) -> tuple["etree._Element", Node]:
    """An empty message such as `pain.001.001.09`, and its root element."""
    namespace = _URN + message
    whole = etree.Element(f"{{{namespace}}}Document", nsmap={None: namespace})  # type: ignore[dict-item]
    return whole, Node(whole).add(root)


def written(whole: "etree._Element") -> bytes:
    """The message as bytes."""
    return etree.tostring(whole, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def moment(at: datetime) -> str:
    """A moment to the second, without a zone as banks expect it."""
    return at.strftime("%Y-%m-%dT%H:%M:%S")


def newer(message: str) -> bool:
    """Whether the message is of the 2019 generation, which names BICs and dates anew."""
    return int(message.rpartition(".")[2]) >= 8


def agent(parent: Node, tag: str, bic: str, message: str) -> None:
    """The bank of an account: by its BIC, or to be found by the IBAN."""
    institution = parent.add(tag).add("FinInstnId")
    if bic:
        institution.add("BICFI" if newer(message) else "BIC", bic)
    else:
        institution.add("Othr").add("Id", "NOTPROVIDED")


def named(parent: Node, tag: str, who: Account) -> None:
    """Somebody by their name; one of which no letter can be written has none."""
    parent.add(tag).add("Nm", latin(who.name, NAME) or "NOTPROVIDED")


def numbered(parent: Node, tag: str, who: Account) -> None:
    """An account by its IBAN."""
    parent.add(tag).add("Id").add("IBAN", who.iban)


@cache
def schema(message: str) -> etree.XMLSchema:
    """The XSD of a message; it comes with the package sepaxml."""
    path = files("sepaxml") / "schemas" / f"{message}.xsd"
    return etree.XMLSchema(etree.fromstring(path.read_bytes()))


def prove(whole: "etree._Element", message: str) -> None:
    """A message that its schema refuses is our own mistake: nothing goes on with it."""
    found = schema(message)
    found.assertValid(whole)
