"""Whether the amounts of an invoice add up (BR-CO-10 to 17) and have the decimals they may (BR-DEC)."""

from decimal import Decimal

from kantoor.departments.finance.formats.einvoice.rules.check import (
    Check,
    line_place,
    to_cents,
    total,
    vat_place,
)

PLACES = 2
_NOUGHT = Decimal(0)


def check_arithmetic(check: Check) -> None:
    """All of them."""
    _totals(check)
    _totals_with_vat(check)
    _payable(check)
    for tax in check.invoice.taxes:
        rate = tax.vat.rate if tax.vat is not None and tax.vat.scheme == "VAT" else None
        _tax(check, tax.base, tax.amount, rate, vat_place(tax))
    _decimals(check)


def _said(amount: Decimal | None) -> str:
    return "nothing" if amount is None else f"{amount:f}"


def _totals(check: Check) -> None:
    totals = check.invoice.totals
    _present(check)
    lines = to_cents(total(line.net for line in check.invoice.lines))
    message = f"The lines add up to {lines:f}; their total (BT-106) says {_said(totals.lines)}."
    check.need(totals.lines == lines, "BR-CO-10", message)
    for rule, said, parts, name in (
        ("BR-CO-11", totals.allowances, check.allowances, "allowances"),
        ("BR-CO-12", totals.charges, check.charges, "charges"),
    ):
        sum_ = to_cents(total(each.amount for each in parts))
        holds = said == sum_ or (said is None and not parts)
        message = f"The {name} add up to {sum_:f}; their total says {_said(said)}."
        check.need(holds, rule, message)
    if totals.lines is None or totals.without_vat is None:
        check.say("BR-CO-13", "The total without VAT (BT-109) can't be reckoned.")
    else:
        sum_ = to_cents(totals.lines + (totals.charges or 0) - (totals.allowances or 0))
        message = (
            f"Lines, charges and allowances come to {sum_:f}; the total without VAT (BT-109) says"
            f" {totals.without_vat:f}."
        )
        check.need(totals.without_vat == sum_, "BR-CO-13", message)


def _present(check: Check) -> None:
    totals, need = check.invoice.totals, check.need
    need(totals.lines is not None, "BR-12", "There is no sum of the lines (BT-106).")
    need(totals.without_vat is not None, "BR-13", "There is no total without VAT (BT-109).")
    need(totals.with_vat is not None, "BR-14", "There is no total with VAT (BT-112).")
    need(totals.payable is not None, "BR-15", "There is no amount due for payment (BT-115).")


def _totals_with_vat(check: Check) -> None:
    it = check.invoice
    totals = it.totals
    stated = [each for each in it.tax_totals if each.currency == it.currency]
    first = next(iter(stated or it.tax_totals), None)
    if first is not None and check.is_cii:  # UBL has a breakdown for each total: rules/ubl_syntax
        sum_ = to_cents(total(each.amount for each in it.taxes))
        message = (
            f"The VAT of all rates is {sum_:f}; its total (BT-110) says {_said(first.amount)}."
        )
        check.need(first.amount == sum_, "BR-CO-14", message)
    if not it.currency:
        return
    if check.is_cii and totals.with_vat is not None and totals.with_vat == totals.without_vat:
        return  # an invoice without VAT needs no total of it
    tax = stated[0].amount if len(stated) == 1 else None
    if tax is None or totals.without_vat is None or totals.with_vat is None:
        message = "The total with VAT (BT-112) can't be reckoned: it needs one total VAT (BT-110)."
        check.say("BR-CO-15", message)
        return
    sum_ = to_cents(totals.without_vat + tax)
    message = (
        f"Total and VAT come to {sum_:f}; the total with VAT (BT-112) says {totals.with_vat:f}."
    )
    check.need(totals.with_vat == sum_, "BR-CO-15", message)


def _payable(check: Check) -> None:
    totals = check.invoice.totals
    if totals.payable is None or totals.with_vat is None:
        check.say("BR-CO-16", "The amount due for payment (BT-115) can't be reckoned.")
        return
    due = to_cents(totals.with_vat - (totals.paid or 0) + (totals.rounding or 0))
    exact = totals.paid is None and totals.rounding is None
    holds = totals.payable == totals.with_vat if exact else to_cents(totals.payable) == due
    message = (
        f"The total less what was paid, and rounded, is {due:f}; the amount due (BT-115) says"
        f" {totals.payable:f}."
    )
    check.need(holds, "BR-CO-16", message)


def _tax(
    check: Check, base: Decimal | None, amount: Decimal | None, rate: Decimal | None, where: str
) -> None:
    """BR-CO-17, with the room of one that the rules leave for VAT reckoned by line."""
    if amount is None:
        check.say("BR-CO-17", "The VAT (BT-117) is missing.", where)
        return
    if rate is None or to_cents(rate / 100) * 100 == 0:
        whole = (
            (amount + Decimal("0.5")) // 1 if amount >= 0 else -((-amount + Decimal("0.5")) // 1)
        )
        check.need(whole == 0, "BR-CO-17", "There is VAT (BT-117) at a rate of nought.", where)
        return
    if base is None:
        check.say("BR-CO-17", "The VAT can't be reckoned: the taxable amount is missing.", where)
        return
    due = to_cents(abs(base) * rate / 100)
    off = abs(abs(amount) - due)
    holds = off <= 1 if check.is_cii else off < 1
    message = f"The VAT of {base:f} at {rate.normalize():f} % is {due:f}, not {abs(amount):f}."
    check.need(holds, "BR-CO-17", message, where)


def _decimals(check: Check) -> None:
    it = check.invoice
    totals = it.totals

    def two(amount: Decimal | None, rule: str, term: str, where: str = "") -> None:
        if amount is not None and int(amount.as_tuple().exponent) < -PLACES:
            check.say(rule, f"{amount:f} has more than two decimals ({term}).", where)

    for n, each in enumerate(check.allowances, 1):
        two(each.amount, "BR-DEC-01", "BT-92", f"allowance {n}")
        two(each.base, "BR-DEC-02", "BT-93", f"allowance {n}")
    for n, each in enumerate(check.charges, 1):
        two(each.amount, "BR-DEC-05", "BT-99", f"charge {n}")
        two(each.base, "BR-DEC-06", "BT-100", f"charge {n}")
    two(totals.lines, "BR-DEC-09", "BT-106")
    two(totals.allowances, "BR-DEC-10", "BT-107")
    two(totals.charges, "BR-DEC-11", "BT-108")
    two(totals.without_vat, "BR-DEC-12", "BT-109")
    if check.is_cii:  # in UBL the official rule never fires; UBL-DT-01 says it
        two(it.tax, "BR-DEC-13", "BT-110")
        two(it.accounting_tax, "BR-DEC-15", "BT-111")
    two(totals.with_vat, "BR-DEC-14", "BT-112")
    two(totals.paid, "BR-DEC-16", "BT-113")
    two(totals.rounding, "BR-DEC-17", "BT-114")
    two(totals.payable, "BR-DEC-18", "BT-115")
    for tax in it.taxes:
        two(tax.base, "BR-DEC-19", "BT-116", vat_place(tax))
        two(tax.amount, "BR-DEC-20", "BT-117", vat_place(tax))
    for n, line in enumerate(it.lines, 1):
        where = line_place(line, n)
        two(line.net, "BR-DEC-23", "BT-131", where)
        for each in line.adjustments:
            amount, base = ("BR-DEC-27", "BR-DEC-28") if each.charge else ("BR-DEC-24", "BR-DEC-25")
            two(each.amount, amount, "BT-141" if each.charge else "BT-136", where)
            two(each.base, base, "BT-142" if each.charge else "BT-137", where)
