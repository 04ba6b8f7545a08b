"""Where the pages of what we buy are."""

from urllib.parse import quote


def purchase_url(number: str) -> str:
    """The page of a purchase invoice."""
    return f"/finance/purchase-invoices/{quote(number)}"


def order_url(number: str) -> str:
    """The page of a purchase order."""
    return f"/finance/purchase-orders/{quote(number)}"


def supplier_url(code: str) -> str:
    """The page of a supplier."""
    return f"/finance/suppliers/{quote(code)}" if code else ""
