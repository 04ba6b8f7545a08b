"""Which tax code a sale gets: decided by the law's table, made in the company's books on demand."""

from datetime import date
from decimal import Decimal
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.actions.periods import lock_company
from kantoor.departments.finance.drafts_invoices import Supply
from kantoor.departments.finance.errors import UnknownTaxCode
from kantoor.departments.finance.models import TaxCode
from kantoor.departments.finance.queries.roles import account_with_role, accounts_by_role
from kantoor.departments.finance.reference import vat
from kantoor.departments.finance.tax_names import code_of, names_of
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
        try:
            found = vat.treatment(
                self.country, country or None, counts, day, exempt, vat.Supply(supply)
            )
        except vat.NoRate as error:
            error.place = Place("country", line)
            raise
        return self._tax(self._kept(found, found.ground))

    def named(self, code: str, on: date, line: int | None = None) -> Tax:
        """The tax that a person chose by its code; raises UnknownTaxCode.

        Besides the codes in the books: `S` and a rate of the country, `Z` (nought) and `E` (exempt).
        """
        known = self._by_code.get(code) or self._chosen(code, on)
        if known is None or not _in_force(known, on):
            message = _("There is no tax code “{code}” on {date}.").format(code=code, date=on)
            raise UnknownTaxCode(message, field="tax", line=line)
        return self._tax(known)

    def by_key(self, key: int) -> Tax:
        """A tax code of the company's books, whether or not its rate is still in force."""
        return self._tax(next(each for each in self._by_code.values() if each.pk == key))

    def _chosen(self, code: str, on: date) -> TaxCode | None:
        seller = self.country
        if code == "E":
            return self._kept(vat.treatment(seller, seller, False, on, True), "exempt")
        standard, lower = vat.standard_rate(seller, on), vat.reduced_rates(seller, on) or ()
        domestic = vat.treatment(seller, seller, False, on)
        if code == "Z":
            return self._kept(domestic, "zero_rated", Decimal(0))
        for rate in (standard, *lower):
            if rate is not None and code == code_of("domestic", rate):
                return self._kept(domestic, "domestic" if rate == standard else "reduced", rate)
        return None

    def _kept(self, found: vat.Treatment, ground: str, rate: Decimal | None = None) -> TaxCode:
        rate = found.rate if rate is None else rate
        code = code_of(ground, rate)
        if code not in self._by_code:
            # Two who need a new code at once would both make it.
            lock_company(self.company_id)
            self._by_code = self._read()
        if code not in self._by_code:
            self._by_code[code] = self._make(code, found, ground, rate)
        return self._by_code[code]

    def _make(self, code: str, found: vat.Treatment, ground: str, rate: Decimal) -> TaxCode:
        accounts = accounts_by_role(self.company_id)
        english, dutch = names_of(ground, rate)
        since, until = _span(self.country, rate) if rate else (None, None)
        standard = found.en16931_category == "S"
        return TaxCode.objects.create(
            company_id=self.company_id,
            code=code,
            category="Z" if ground == "zero_rated" else found.en16931_category,
            ground=ground,
            rate=rate,  # type: ignore[misc]  # its stubs know no Decimal
            country=self.country,
            valid_from=since,
            valid_to=until,
            name_en=english,
            name_nl=dutch,
            # A reason is for sales that are not taxed (EN 16931, BR-S-10).
            reason_code=found.reason_code,
            reason_en="" if standard else found.reason.en,
            reason_nl="" if standard else found.reason.nl,
            sales_account_id=account_with_role(accounts, found.sales_role),
            tax_account_id=account_with_role(accounts, "vat_payable") if rate else None,
        )

    @staticmethod
    def _tax(code: TaxCode) -> Tax:
        rate = int(code.rate * MICRO)
        accounts = (code.sales_account_id, code.tax_account_id)
        return Tax(code.pk, code.code, code.category, rate, *accounts)


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
