"""The rules of each VAT category (BR-S, BR-Z, BR-E, BR-AE, BR-IC, BR-G, BR-O, BR-AF, BR-AG, BR-B)."""

from collections.abc import Iterator
from decimal import Decimal

import msgspec

from kantoor.departments.finance.formats.einvoice.model import VatBreakdown, VatCategory
from kantoor.departments.finance.formats.einvoice.rules.check import (
    Check,
    line_place,
    to_cents,
    total,
    vat_place,
)


class Category(msgspec.Struct, frozen=True):
    """What the rules say of one category.

    `rated` has a rate of its own for each group; `zero` has the rate nought, and no VAT;
    `reason` says whether the breakdown has to say why there is no VAT (None where it is free).
    """

    code: str
    prefix: str
    name: str
    rated: bool = False
    zero: bool = True
    reason: bool = True


CATEGORIES = (
    Category("S", "BR-S", "standard rated", rated=True, zero=False, reason=False),
    Category("Z", "BR-Z", "zero rated", reason=False),
    Category("E", "BR-E", "exempt from VAT"),
    Category("AE", "BR-AE", "reverse charge"),
    Category("K", "BR-IC", "an intra-community supply"),
    Category("G", "BR-G", "an export outside the EU"),
    Category("O", "BR-O", "not subject to VAT", zero=False),
    Category("L", "BR-AF", "IGIC (Canary Islands)", rated=True, zero=False, reason=False),
    Category("M", "BR-AG", "IPSI (Ceuta and Melilla)", rated=True, zero=False, reason=False),
)
_PLACES = ("02", "03", "04")
_RATES = ("05", "06", "07")


class _Used:
    """Where VAT categories are used: lines, allowances and charges, by their codes."""

    def __init__(self, check: Check) -> None:
        it = check.invoice
        self.lines = [
            (line.vat, line.net, line_place(line, n))
            for n, line in enumerate(it.lines, 1)
            if line.vat is not None
        ]
        self.allowances = [
            (each.vat, each.amount, f"allowance {n}")
            for n, each in enumerate(check.allowances, 1)
            if each.vat is not None
        ]
        self.charges = [
            (each.vat, each.amount, f"charge {n}")
            for n, each in enumerate(check.charges, 1)
            if each.vat is not None
        ]

    @property
    def groups(self) -> Iterator[tuple[int, list[tuple[VatCategory, Decimal | None, str]]]]:
        for n, group in enumerate((self.lines, self.allowances, self.charges)):
            yield n, [each for each in group if each[0].is_vat]

    @property
    def everything(self) -> list[tuple[VatCategory, Decimal | None, str]]:
        return [*self.lines, *self.allowances, *self.charges]

    def codes(self) -> set[str]:
        return {vat.code for _, group in self.groups for vat, _, _ in group}

    def base(self, code: str, rate: Decimal | None = None) -> Decimal:
        """What a category, at a rate or at any, comes to."""

        def of(group: list[tuple[VatCategory, Decimal | None, str]]) -> Decimal:
            return total(
                amount
                for vat, amount, _ in group
                if vat.code == code and (rate is None or vat.rate == rate)
            )

        return of(self.lines) + of(self.charges) - of(self.allowances)

    def has(self, code: str, rate: Decimal) -> bool:
        return any(vat.code == code and vat.rate == rate for vat, _, _ in self.everything)


def check_categories(check: Check) -> None:
    """All of them, for the categories that the invoice uses or breaks down."""
    used = _Used(check)
    codes = used.codes()
    # BR-S-01 alone counts what is no VAT by its scheme, too.
    standard = any(vat.code == "S" for vat, _, _ in used.everything)
    standard_groups = sum(1 for tax in check.invoice.taxes if tax.vat and tax.vat.code == "S")
    broken_down = [tax.vat.code for tax in check.invoice.taxes if tax.vat and tax.vat.is_vat]
    if standard or standard_groups:
        _once(check, CATEGORIES[0], standard, standard_groups)
    for category in CATEGORIES:
        if category.code not in codes and category.code not in broken_down:
            continue
        if category.code != "S":
            _once(check, category, category.code in codes, broken_down.count(category.code))
        _identified(check, category, used)
        _rates(check, category, used)
        for tax in check.invoice.taxes:
            if tax.vat is not None and tax.vat.is_vat and tax.vat.code == category.code:
                _breakdown(check, category, tax, tax.vat, used)
    if "K" in broken_down:
        _delivered(check)
    if "O" in broken_down:
        _alone(check, used, broken_down)
    if "B" in codes or "B" in broken_down:
        _split_payment(check, {*codes, *broken_down})


def _once(check: Check, category: Category, is_used: bool, groups: int) -> None:
    if category.rated:
        # CII lets off an invoice without lines, as the smaller profiles of Factur-X are.
        holds = is_used == (groups > 0) or (check.is_cii and not is_used)
    else:
        holds = groups == 1 and (is_used or not check.is_cii)
    message = f"What is {category.name} ({category.code}) has to be in the VAT breakdown (BG-23)"
    message += " and used by a line." if category.rated else " exactly once."
    check.need(holds, f"{category.prefix}-01", message)


def _identified(check: Check, category: Category, used: _Used) -> None:
    """Who has to have, or may not have, a VAT number."""
    seller, buyer = check.invoice.seller, check.invoice.buyer
    represented = check.invoice.representative is not None and check.invoice.representative.vat_number  # fmt: skip
    vat = seller.vat_number or represented
    if category.code == "O":
        holds = not (vat or buyer.vat_number)
        message = "What is not subject to VAT (O) may not be with VAT numbers of seller or buyer."
    elif category.code == "K":
        holds = bool(vat and buyer.vat_number)
        message = "An intra-community supply (K) needs the VAT numbers of seller and buyer."
    elif category.code == "G":
        holds = bool(vat)
        message = "An export (G) needs the VAT number of the seller."
    elif category.code == "AE":
        known = buyer.vat_number or (buyer.registration and buyer.registration.value)
        holds = bool((vat or seller.tax_registration) and known)
        message = "A reverse charge (AE) needs the seller's VAT number, and one of the buyer."
    else:
        holds = bool(vat or seller.tax_registration)
        message = f"What is {category.name} ({category.code}) needs a VAT number of the seller."
    if holds:
        return
    for n, group in used.groups:
        if any(each.code == category.code for each, _, _ in group):
            check.say(f"{category.prefix}-{_PLACES[n]}", message)


def _rates(check: Check, category: Category, used: _Used) -> None:
    for n, group in used.groups:
        for vat, _, where in group:
            if vat.code != category.code:
                continue
            rate = vat.rate
            if category.code == "O":
                holds, wanted = rate is None, "has no rate"
            elif category.zero:
                holds, wanted = rate is not None and rate == 0, "has the rate 0"
            elif category.code == "S":
                holds, wanted = rate is not None and rate > 0, "has a rate above 0"
            else:
                holds, wanted = rate is not None and rate >= 0, "has a rate of 0 or more"
            message = f"What is {category.name} ({category.code}) {wanted}."
            check.need(holds, f"{category.prefix}-{_RATES[n]}", message, where)


def _breakdown(
    check: Check, category: Category, tax: VatBreakdown, vat: VatCategory, used: _Used
) -> None:
    where = vat_place(tax)
    _base(check, category, tax, vat, used)
    if category.rated:
        if vat.rate is not None and tax.amount is not None and tax.base is not None:
            due = to_cents(abs(tax.base) * vat.rate / 100)
            holds = abs(abs(tax.amount) - due) < 1
        else:
            holds = False
        message = "The VAT (BT-117) is not the taxable amount (BT-116) times the rate (BT-119)."
    else:
        holds = tax.amount is not None and tax.amount == 0
        message = f"The VAT (BT-117) of what is {category.name} ({category.code}) has to be 0."
    check.need(holds, f"{category.prefix}-09", message, where)
    given = bool(tax.reason or tax.reason_code)
    wanted = "a reason why there is no VAT" if category.reason else "no reason for exemption"
    message = f"What is {category.name} ({category.code}) has {wanted} (BT-120, BT-121)."
    check.need(given == category.reason, f"{category.prefix}-10", message, where)


def _base(
    check: Check, category: Category, tax: VatBreakdown, vat: VatCategory, used: _Used
) -> None:
    rule, where = f"{category.prefix}-08", vat_place(tax)
    if category.rated and vat.rate is None:
        return
    if tax.base is None:
        check.say(rule, "The taxable amount (BT-116) is missing.", where)
        return
    if category.rated and vat.rate is not None:
        sum_ = used.base(vat.code, vat.rate)
        # UBL leaves room for one; what no line or charge has is wrong whatever its amount.
        near = abs(tax.base - sum_) < 1 if not check.is_cii else tax.base == to_cents(sum_)
        holds = near and (check.is_cii or used.has(vat.code, vat.rate))
    else:
        sum_ = used.base(vat.code)
        holds = abs(tax.base - to_cents(sum_)) <= 1 if check.is_cii else tax.base == sum_
    message = f"The taxable amount (BT-116) is {tax.base:f}; its lines come to {sum_:f}."
    check.need(holds, rule, message, where)


def _delivered(check: Check) -> None:
    it = check.invoice
    delivery = it.delivery
    period = it.period is not None and (it.period.start or it.period.end)
    when = (delivery is not None and delivery.date) or period or it.tax_point_code
    check.need(when, "BR-IC-11", "An intra-community supply (K) needs a day of delivery (BT-72) or a period (BG-14).")  # fmt: skip
    country = delivery is not None and delivery.address is not None and delivery.address.country
    check.need(country, "BR-IC-12", "An intra-community supply (K) needs the country it is delivered to (BT-80).")  # fmt: skip


def _alone(check: Check, used: _Used, broken_down: list[str]) -> None:
    message = "What is not subject to VAT (O) may not be mixed with what is."
    check.need(set(broken_down) == {"O"}, "BR-O-11", message)
    for n, group in used.groups:
        others = [where for vat, _, where in group if vat.code != "O"]
        if others:
            check.say(f"BR-O-{12 + n}", message, others[0])


def _split_payment(check: Check, codes: set[str]) -> None:
    it = check.invoice
    parties = (it.seller, it.buyer, it.payee, it.representative)
    addresses = [party.address for party in parties if party is not None]
    addresses += [it.delivery.address] if it.delivery is not None else []
    countries = {each.country for each in addresses if each is not None and each.country}
    message = "Split payment (B) is only for invoices within Italy."
    check.need(countries <= {"IT"}, "BR-B-01", message)
    message = "Split payment (B) may not be mixed with the standard rate (S)."
    check.need("S" not in codes, "BR-B-02", message)
