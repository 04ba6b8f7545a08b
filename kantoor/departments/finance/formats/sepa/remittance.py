"""What a payment is for: a structured reference, or up to 140 letters of text."""

from kantoor.departments.finance.formats.sepa.characters import latin
from kantoor.departments.finance.formats.sepa.orders import Order
from kantoor.departments.finance.formats.sepa.references import structured
from kantoor.departments.finance.formats.sepa.xml import REMITTANCE, Node


def remitted(parent: Node, order: Order) -> None:
    """Say what it is for; a bank carries one of both (EPC rulebook, AT-05)."""
    found = structured(order.reference) if order.reference else None
    text = latin(order.remittance, REMITTANCE)
    if found is not None:
        said = parent.add("RmtInf").add("Strd").add("CdtrRefInf")
        kind = said.add("Tp")
        kind.add("CdOrPrtry").add("Cd", "SCOR")
        kind.add("Issr", found.issuer)
        said.add("Ref", found.text)
    elif text:
        parent.add("RmtInf").add("Ustrd", text)
