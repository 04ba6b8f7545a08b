"""Which tax code a sale or purchase gets: by the law's table, made in the books on demand."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.actions.periods import lock_company
from kantoor.departments.finance.actions.purchase_tax import (
    PurchaseRule,
    make_purchase_code,
    rule_of,
)
from kantoor.departments.finance.drafts_invoices import Supply
from kantoor.departments.finance.errors import UnknownTaxCode
from kantoor.departments.finance.models import TaxCode
from kantoor.departments.finance.models.tax import PURCHASE, SALE
from kantoor.departments.finance.queries.roles import account_with_role, accounts_by_role
from kantoor.departments.finance.queries.vat.regimes import Regimes
from kantoor.departments.finance.reference import vat
from kantoor.departments.finance.tax_names import Choice, choices, names_of
from kantoor.kernel.errors import Place
from kantoor.kernel.money import MICRO, half_up_ratio

_WHOLE = 100 * MICRO


class Tax(NamedTuple):
    """A tax code as invoices need it; `rate` is a percentage scaled 10**-6."""

    id: int
    code: str
    category: str
    rate: int
    sales_account: int
    tax_account: int | None

    def on(self, base: int) -> int:
        """The tax on a rate group's base: rate times base, rounded half up (BR-CO-17)."""
        return half_up_ratio(base * self.rate, _WHOLE) if self.rate else 0


class TaxCodes:
    """A company's tax codes, for as long as one action runs."""

    def __init__(self, company_id: int, country: str) -> None:
        self.company_id = company_id
        self.country = country
        self._by_code = self._read()
        self._decided: dict[tuple[str, str, str, bool, str], Tax] = {}

    @cached_property
    def _regimes(self) -> Regimes:
        return Regimes(self.company_id)

    def _read(self) -> dict[str, TaxCode]:
        return {each.code: each for each in TaxCode.objects.filter(company_id=self.company_id)}

    def decide(
        self, country: str, vat_number: str, on: str, exempt: bool, line: int | None = None,
        supply: Supply = "goods",
    ) -> Tax:  # fmt: skip
        """The tax on a sale to a customer in `country` on a day; raises NoRate.

        The country is empty when unknown. A VAT number counts when it is of the customer's country.
        """
        asked = (country, vat_number, on, exempt, supply)
        known = self._decided.get(asked)
        if known is None:
            known = self._decided[asked] = self._decide(asked, line)
        return known

    def _decide(self, asked: tuple[str, str, str, bool, str], line: int | None) -> Tax:
        country, vat_number, on, exempt, supply = asked
        day = date.fromisoformat(on)
        counts = _is_number_of(country, vat_number, day)
        regime = self._regimes.on(day)
        try:
            found = vat.treatment(
                self.country,
                country or None,
                counts,
                day,
                exempt,
                vat.Supply(supply),
                not regime.small,
            )
        except vat.NoRate as error:
            error.place = Place("country", line)
            raise
        if regime.distance == "destination" and found.ground == "distance_sale":
            return self._tax(self._at_destination(country, day))
        return self._tax(self._kept(found, Choice(found.ground, found.rate, self.country)))

    def _at_destination(self, country: str, day: date) -> TaxCode:
        """The customer's own tax at the standard rate; a reduced one is chosen by code."""
        there = vat.vat_territory(country)
        rate = vat.standard_rate(there, day)
        if rate is None:
            raise vat.NoRate(there, day)
        return self._kept(vat.treatment_by("oss_goods", rate), Choice("oss_goods", rate, there))

    def named(self, code: str, on: date, line: int | None = None) -> Tax:
        """The tax that a person chose by its code; raises UnknownTaxCode.

        Besides the codes in the books: those of `tax_names.choices`, such as `S` and a rate of the
        country, `Z` (nought), `E` (exempt) or `AED` (reverse charge within the country).
        """
        known = self.sale_code(code, on)
        if known is None or known.sales_account_id is None:
            raise _unknown(code, on, line)
        return self._tax(known)

    def sale_code(self, code: str, on: date) -> TaxCode | None:
        """The row of a sale's tax code in force on a day, private use among them."""
        known = self._by_code.get(code) or self._chosen(code, on)
        found = known is not None and known.use == SALE and _in_force(known, on)
        return known if found else None

    def by_key(self, key: int) -> Tax:
        """A tax code of the company's books, whether or not its rate is still in force."""
        return self._tax(next(each for each in self._by_code.values() if each.pk == key))

    def purchase(self, code: str, on: date, line: int | None = None) -> PurchaseRule:
        """The tax on a purchase by its code; raises UnknownTaxCode.

        The codes are those of reference/vat/purchases.toml: `P21`, `PR21` (reverse charge within
        the country), `PK9` (goods from the EU), `PI21` (import by the return) and so on; `-50`
        behind one says that half of the tax is deductible.
        """
        known = self.purchase_code(code, on)
        if known is None:
            raise _unknown(code, on, line)
        return rule_of(known)

    def purchase_code(self, code: str, on: date) -> TaxCode | None:
        """The row of a purchase's tax code in force on a day, made where it is new."""
        known = self._by_code.get(code)
        if known is None and (meant := vat.purchase_code(code, self.country, on)):
            known = self._in_books(
                meant.code,
                lambda: make_purchase_code(
                    self.company_id, self.country, meant, lambda: _span(self.country, meant.rate)
                ),
            )
        found = known is not None and known.use == PURCHASE and _in_force(known, on)
        return known if found else None

    def purchase_for(
        self,
        country: str,
        category: str,
        rate: Decimal | None,
        on: date,
        supply: Supply = "goods",
    ) -> PurchaseRule:
        """The tax that a supplier's invoice points to; a proposal for a person to accept.

        `country` is the supplier's, `category` and `rate` what the line says (UNCL 5305; none
        where the buyer accounts for the tax, which is then taken at the standard rate). Raises
        NoRate, or UnknownTaxCode for a rate that was not in force.
        """
        ground = vat.purchase_ground(self.country, country, on, category, vat.Supply(supply))
        if not ground.taxed:
            return self.purchase(ground.code, on)
        if rate is None or not rate:
            rate = vat.standard_rate(self.country, on)
        if rate is None:
            raise vat.NoRate(self.country, on)
        return self.purchase(vat.PurchaseCode(ground, rate).code, on)

    def _chosen(self, code: str, on: date) -> TaxCode | None:
        of_abroad = code.startswith("D")
        for choice in choices(self.country, on, abroad=of_abroad):
            if choice.code == code:
                return self._kept(vat.treatment_by(choice.ground, choice.rate), choice)
        return None

    def _kept(self, found: vat.Treatment, choice: Choice) -> TaxCode:
        return self._in_books(choice.code, lambda: self._make(found, choice))

    def _in_books(self, code: str, make: Callable[[], TaxCode]) -> TaxCode:
        if code not in self._by_code:
            # Two who need a new code at once would both make it.
            lock_company(self.company_id)
            self._by_code = self._read()
        if code not in self._by_code:
            self._by_code[code] = make()
        return self._by_code[code]

    def _make(self, found: vat.Treatment, choice: Choice) -> TaxCode:
        accounts = accounts_by_role(self.company_id)
        ground, rate, country = choice
        english, dutch = names_of(ground, rate, country)
        since, until = _span(country, rate) if rate else (None, None)
        by_invoice = ground != "private_use"
        standard = found.en16931_category in "SZ"
        return TaxCode.objects.create(
            company_id=self.company_id,
            code=choice.code,
            category=found.en16931_category,
            ground=ground,
            rate=rate,  # type: ignore[misc]  # its stubs know no Decimal
            country=country,
            valid_from=since,
            valid_to=until,
            name_en=english,
            name_nl=dutch,
            # A reason is for sales that are not taxed (EN 16931, BR-S-10 and BR-Z-10).
            reason_code=found.reason_code,
            reason_en="" if standard else found.reason.en,
            reason_nl="" if standard else found.reason.nl,
            sales_account_id=account_with_role(accounts, found.sales_role) if by_invoice else None,
            tax_account_id=account_with_role(accounts, "vat_payable") if rate else None,
        )

    @staticmethod
    def _tax(code: TaxCode) -> Tax:
        rate, sales = int(code.rate * MICRO), code.sales_account_id
        assert sales is not None
        return Tax(code.pk, code.code, code.category, rate, sales, code.tax_account_id)


def _unknown(code: str, on: date, line: int | None) -> UnknownTaxCode:
    message = _("There is no tax code “{code}” on {date}.").format(code=code[:40], date=on)
    return UnknownTaxCode(message, field="tax", line=line)


def _is_number_of(country: str, vat_number: str, on: date) -> bool:
    """Whether a VAT number is one of the customer's country, as an exemption within the EU needs.

    Outside the EU any number counts: each country has its own.
    """
    if not vat_number or not country or not vat.is_eu(country, on):
        return bool(vat_number)
    territory = vat.vat_territory(country)
    prefix = {"GR": "EL"}.get(territory, territory)
    return vat_number.upper().startswith(prefix)


def _in_force(code: TaxCode, on: date) -> bool:
    if code.valid_from is None or code.valid_from <= on:
        return code.valid_to is None or on <= code.valid_to
    return False


def _span(country: str, rate: Decimal) -> tuple[date | None, date | None]:
    """Since and until when a rate is or was in force; one that came back counts as one."""
    rates = vat.countries()[vat.vat_territory(country)]
    spans = [span for span in (*rates.standard, *rates.reduced) if rate in span.rates]
    lasting = any(span.valid_to is None for span in spans)
    ends = [span.valid_to for span in spans if span.valid_to is not None]
    return min(span.valid_from for span in spans), None if lasting else max(ends)
