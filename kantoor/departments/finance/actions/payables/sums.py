"""What a purchase invoice adds up to: lines by tax code, and the tax as it is said or reckoned."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.actions.payables.rows import ReadyLine, ReadyTax
from kantoor.departments.finance.actions.purchase_tax import PurchaseRule
from kantoor.departments.finance.errors import AmountOutOfRange, WrongTaxAmount
from kantoor.kernel.money import LARGEST


def taxes_of(
    lines: Sequence[ReadyLine], said: Mapping[int, int], place: int | None = None
) -> list[ReadyTax]:
    """The taxes of lines, one for each tax code in the order of the lines.

    `said` is what the invoice says by tax code; it may differ from rate times base by a minor unit
    for each line, since many reckon it line by line. Raises WrongTaxAmount for more.
    """
    bases: dict[PurchaseRule, int] = {}
    counts: dict[PurchaseRule, int] = {}
    for line in lines:
        if line.tax is not None:
            bases[line.tax] = bases.get(line.tax, 0) + line.net
            counts[line.tax] = counts.get(line.tax, 0) + 1
    found = []
    for tax, base in bases.items():
        reckoned = tax.on(base)
        amount = said.get(tax.id, reckoned)
        if abs(amount - reckoned) > counts[tax]:
            message = _("The VAT {code} over {base} is {reckoned} minor units, not {said}.")
            words = message.format(code=tax.code, base=base, reckoned=reckoned, said=amount)
            raise WrongTaxAmount(words, field="taxes", line=place)
        found.append(ReadyTax(tax, base, amount, tax.deductible_of(amount)))
    return found


def totals_of(
    lines: Sequence[ReadyLine], taxes: Sequence[ReadyTax], place: int | None = None
) -> tuple[int, int]:
    """Net and tax of an invoice; what we owe ourselves is not in it. Raises AmountOutOfRange."""
    net = sum([line.net for line in lines])
    tax = sum([each.amount for each in taxes if not each.tax.reversed])
    if not -LARGEST <= net <= LARGEST or not -LARGEST <= net + tax <= LARGEST:
        raise AmountOutOfRange(_("The amount is beyond 64 bits."), field="lines", line=place)
    return net, tax
