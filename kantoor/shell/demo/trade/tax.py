"""The VAT of the trading company: returns and listings of past quarters, the last one still to do."""

from collections.abc import Sequence
from datetime import date

from kantoor.departments.finance.actions.vat.filing import Filed, file_vat_return
from kantoor.departments.finance.actions.vat.listings import file_icp_listing
from kantoor.departments.finance.actions.vat.regimes import set_vat_regime
from kantoor.kernel.actors.actor import Actor
from kantoor.shell.demo.calendar import Month
from kantoor.shell.demo.trade.bank import TAX_OFFICE, Movement
from kantoor.shell.demo.trade.office import by_two


def file_tax(
    bookkeeper: Actor, controller: Actor, months: Sequence[Month], today: date
) -> list[Movement]:
    """File all quarters but the last that is over; what is paid of them goes by the bank."""
    set_vat_regime(
        controller, starts_on=months[0].first, rhythm="quarter", tax_number="123456782B01"
    )
    ends = [month for month in months if month.number % 3 == 0 and month.last < today]
    paid = []
    for end in ends[:-1]:
        period = f"{end.year}-Q{end.number // 3}"
        filed = by_two(controller, lambda at=period: file_vat_return(bookkeeper, period=at))  # type: ignore[misc]
        by_two(controller, lambda at=period: file_icp_listing(bookkeeper, period=at))  # type: ignore[misc]
        assert isinstance(filed, Filed)
        paid.append(
            Movement(
                end.after.on(28), -filed.payable, "Belastingdienst", TAX_OFFICE,
                f"Omzetbelasting {period}",
            )
        )  # fmt: skip
    return paid
