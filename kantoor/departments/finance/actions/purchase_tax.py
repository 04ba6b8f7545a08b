"""The tax on purchases: what a tax code posts, and how a code is made in the company's books."""

from collections.abc import Callable
from datetime import date
from typing import Literal, NamedTuple

from kantoor.departments.finance.models import TaxCode
from kantoor.departments.finance.models.tax import PURCHASE
from kantoor.departments.finance.queries.roles import account_with_role, accounts_by_role
from kantoor.departments.finance.reference import vat
from kantoor.kernel.money import MICRO, half_up_ratio

_WHOLE = 100 * MICRO


class TaxLine(NamedTuple):
    """A ledger line of tax: `amount` debit positive, in minor units.

    `what` is `input` (to be asked back), `output` (owed by the company itself) or `cost` (input
    tax that can't be deducted; who books an asset may add it to that instead).
    """

    account: int
    amount: int
    what: Literal["input", "output", "cost"]


class PurchaseRule(NamedTuple):
    """A purchase's tax code as posting needs it; `rate` and `deductible` are scaled 10**-6."""

    id: int
    code: str
    category: str
    rate: int
    deductible: int
    reversed: bool
    output_account: int | None
    input_account: int | None
    cost_account: int | None

    def on(self, base: int) -> int:
        """The tax on a rate group's base: rate times base, rounded half up (BR-CO-17)."""
        return half_up_ratio(base * self.rate, _WHOLE) if self.rate else 0

    def deductible_of(self, tax: int) -> int:
        """The part of the tax that is input tax, rounded half up."""
        return half_up_ratio(tax * self.deductible, _WHOLE)

    def payable_of(self, tax: int) -> int:
        """What the supplier gets of the tax: nothing where the buyer accounts for it."""
        return 0 if self.reversed else tax

    def lines(self, base: int, tax: int | None = None) -> list[TaxLine]:
        """The lines of tax to post for a rate group, or for the tax as the invoice says it.

        With the base on the costs and `payable_of(tax)` owed to the supplier they balance.
        """
        owed = self.on(base) if tax is None else tax
        asked = self.deductible_of(owed)
        output = -owed if self.reversed else 0
        wanted: list[tuple[int | None, int, Literal["input", "output", "cost"]]] = [
            (self.input_account, asked, "input"),
            (self.cost_account, owed - asked, "cost"),
            (self.output_account, output, "output"),
        ]
        found = []
        for account, amount, what in wanted:
            if amount:
                assert account is not None
                found.append(TaxLine(account, amount, what))
        return found


def rule_of(code: TaxCode) -> PurchaseRule:
    """A kept code as a rule."""
    return PurchaseRule(
        code.pk,
        code.code,
        code.category,
        int(code.rate * MICRO),
        int(code.deductible * MICRO),
        code.reversed,
        code.tax_account_id,
        code.input_account_id,
        code.cost_account_id,
    )


def make_purchase_code(
    company_id: int,
    country: str,
    meant: vat.PurchaseCode,
    span: Callable[[], tuple[date | None, date | None]],
) -> TaxCode:
    """The row of a purchase's tax code; `span` gives since and until when a rate is in force."""
    ground = meant.ground
    accounts = accounts_by_role(company_id)
    english, dutch = meant.names()
    since, until = span() if meant.rate else (None, None)

    def account(role: str, wanted: bool) -> int | None:
        return account_with_role(accounts, role) if wanted else None

    return TaxCode.objects.create(
        company_id=company_id,
        code=meant.code,
        use=PURCHASE,
        category=ground.category,
        ground=ground.key,
        rate=meant.rate,  # type: ignore[misc]  # its stubs know no Decimal
        deductible=meant.deductible if ground.taxed else 0,
        reversed=ground.reversed,
        country=country,
        valid_from=since,
        valid_to=until,
        name_en=english,
        name_nl=dutch,
        reason_code="",
        reason_en="",
        reason_nl="",
        sales_account_id=None,
        tax_account_id=account("vat_reversed", ground.reversed),
        input_account_id=account("vat_receivable", ground.taxed),
        cost_account_id=account("vat_not_deductible", ground.taxed and meant.deductible < 100),
    )
