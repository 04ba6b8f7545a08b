"""The first of January: what the company owns and owes."""

from datetime import date

from kantoor.departments.finance.actions.assets.categories import add_asset_category
from kantoor.departments.finance.actions.assets.register import register_assets
from kantoor.departments.finance.actions.entries import post_entries
from kantoor.departments.finance.drafts import EntryDraft, LineDraft
from kantoor.departments.finance.drafts_assets import AssetDraft
from tests.trading_year import accounts as a
from tests.trading_year.company import Company

OPENING = {
    a.VAN: 24_000_00,
    a.VAN_LOST: -6_000_00,
    a.STOCK: 30_000_00,
    a.RECEIVABLES: 2_420_00,
    a.BANK: 50_000_00,
    a.PAYABLES: -3_630_00,
    a.VAT_OWED: -1_500_00,
    a.SHARES: -18_000_00,
    a.RETAINED: -77_290_00,
}
PARTIES = {a.RECEIVABLES: "RIJWIEL", a.PAYABLES: "GAZELLE"}


def open_the_books(company: Company) -> None:
    """The balance of the year before, one item of a customer and one of a supplier, and a van."""
    company.paper.write("2024-01-01", OPENING)
    lines = [
        LineDraft(account=code, amount=amount, party=PARTIES.get(code, ""))
        for code, amount in OPENING.items()
    ]
    day = date(2024, 1, 1)
    entry = EntryDraft(date=day, lines=lines, text="Beginbalans", journal="OPN", reference="2023")
    assert post_entries(company.anne, entries=[entry]).first == "OPN/2024/1"
    add_asset_category(
        company.bo, code="BUS", name_en="Vans", cost_account=a.VAN,
        accumulated_account=a.VAN_LOST, expense_account=a.VAN_COST, life_months=48,
    )  # fmt: skip
    add_asset_category(
        company.bo, code="PERS", name_en="Presses", cost_account=a.PRESS,
        accumulated_account=a.PRESS_LOST, expense_account=a.PRESS_COST, life_months=60,
    )  # fmt: skip
    van = AssetDraft(
        name="Bestelbus", category="BUS", cost=24_000_00, acquired_on=date(2023, 1, 1),
        in_use_from=date(2023, 1, 1), accumulated=6_000_00, depreciated_until=date(2023, 12, 31),
    )  # fmt: skip
    assert register_assets(company.bo, assets=[van]).numbers == ["A00001"]
