"""The VAT returns: boxes by hand, tied to the ledger, filed by two people, and booked."""

from kantoor.departments.finance.actions.vat.filing import file_vat_return
from kantoor.departments.finance.actions.vat.listings import file_icp_listing
from kantoor.departments.finance.queries.vat.listings import icp_listing
from kantoor.departments.finance.queries.vat.reconciliation import vat_reconciliation
from kantoor.departments.finance.queries.vat.returns import vat_return
from tests.trading_year import accounts as a
from tests.trading_year.company import Company
from tests.trading_year.paper import Amounts

Boxes = dict[str, tuple[int | None, int | None]]
"""Base and tax in whole euros, by box; those at nought are left out."""
RETURNS: dict[int, tuple[str, Boxes, Amounts]] = {
    1: (
        "2024-04-20",
        # 9,000 + 1,998 + 1,000 at 21 %: 1,890.00 + 419.58 + 210.00; 500 at 9 %.
        {"1a": (11_998, 2_519), "1b": (500, 45), "5a": (None, 2_564),
         # Rent 630 and goods 1,050.
         "5b": (None, 1_680), "5c": (None, 884), "5g": (None, 884)},
        {a.VAT: 2_564_58, a.INPUT_VAT: -1_680_00, a.VAT_OWED: -884_00, a.ROUNDING: -58},
    ),
    2: (
        "2024-07-15",
        # Sixty times 49.95 less 199.80; 60 × 10.49 less 41.96.
        {"1a": (2_797, 587), "2a": (1_500, 315), "3a": (20_000, None), "3b": (4_000, None),
         "4b": (6_000, 1_260), "5a": (None, 2_162),
         # Rent 630, goods 1,680, the press 2,520, and what is reversed: 1,575.
         "5b": (None, 6_405), "5c": (None, -4_243), "5g": (None, -4_243)},
        {a.VAT: 587_44, a.REVERSED_VAT: 1_575_00, a.INPUT_VAT: -6_405_00, a.VAT_OWED: 4_243_00,
         a.ROUNDING: -44},
    ),
    3: (
        "2024-10-14",
        # Bicycles for 67,500 and the van.
        {"1a": (82_500, 17_325), "5a": (None, 17_325),
         # Rent 630, goods 8,400, and 84 of the bill of March.
         "5b": (None, 9_114), "5c": (None, 8_211), "5g": (None, 8_211)},
        {a.VAT: 17_325_00, a.INPUT_VAT: -9_114_00, a.VAT_OWED: -8_211_00},
    ),
    4: (
        "2025-01-20",
        # Bicycles for 58,500, service for 1,200, less 1,000 that is never paid.
        {"1a": (58_700, 12_327), "5a": (None, 12_327),
         # Rent 630, goods 1,575, less 31.50 in the discount: rounded up.
         "5b": (None, 2_174), "5c": (None, 10_153), "5g": (None, 10_153)},
        {a.VAT: 12_327_00, a.INPUT_VAT: -2_173_50, a.VAT_OWED: -10_153_00, a.ROUNDING: -50},
    ),
}  # fmt: skip
"""By quarter: the day it is filed, its boxes, and what the return books on its last day."""


def file_the_return(company: Company, quarter: int) -> None:
    """The boxes are those made by hand and explain the accounts; then two people file it."""
    on, boxes, booked = RETURNS[quarter]
    company.clock.to(on)
    period = f"2024-Q{quarter}"
    card = vat_return(company.bo, period=period)
    assert {each.box: (each.base, each.tax) for each in card.boxes if each.base or each.tax} == {
        box: (_cents(base), _cents(tax)) for box, (base, tax) in boxes.items()
    }
    end = card.ends_on
    tied = vat_reconciliation(company.bo, start=card.starts_on, end=end)
    assert (tied.difference, [each.entries for each in tied.accounts if each.entries]) == (0, [])
    payable = _cents(boxes["5g"][1])
    company.together(lambda: file_vat_return(company.bo, period=period, payable=payable))
    company.paper.write(end.isoformat(), booked)
    after = vat_reconciliation(company.bo, start=card.starts_on, end=end).accounts
    assert [each.closing for each in after if each.closing] == []


def list_sales_to_germany(company: Company) -> None:
    """The listing of the second quarter has the bicycles that went to Radhaus."""
    listing = icp_listing(company.bo, period="2024-Q2")
    assert [(each.country, each.vat_number, each.base) for each in listing.lines] == [
        ("DE", "DE811907980", 4_000_00)
    ]
    company.together(lambda: file_icp_listing(company.bo, period="2024-Q2"))


def _cents(euros: int | None) -> int | None:
    return None if euros is None else euros * 100
