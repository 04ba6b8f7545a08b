"""Payments of wages: what each holds, what became of it, and the bank's file.

Finance has the sum of each as one sealed order; what it holds is opened here (decision 0164).
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Literal, NamedTuple

import msgspec
from django.db.models import Count, Max, Min, Sum
from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.public import (
    Content,
    SealedStanding,
    Source,
    Transfer,
    keeps_sealed,
    sealed_file,
    sealed_standing,
)
from kantoor.departments.hr.errors_pay import UnknownPay
from kantoor.departments.hr.models import PayRun, Payslip, WagePayment, WageTransfer
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.paging import PAGE, Page, page_by, sorted_by
from kantoor.kernel.queries import query, scoped

SEE = "hr.see_pay"
SOURCE = "hr.wages"
State = Literal["proposed", "approved", "sent", "paid", "rejected", "cancelled"]


def page_of_payment(number: str) -> str:
    """The page of a payment of wages, by the number of finance's run."""
    return f"/hr/wage-payments/{number}"


def transfer_of(name: str, iban: str, net: int, run: PayRun | tuple[date, int]) -> Transfer:
    """A payslip as the bank gets it."""
    month, n = (run.month, run.n) if isinstance(run, PayRun) else run
    return Transfer(name=name, iban=iban, amount=net, remittance=f"{month:%Y-%m} {month:%Y-%m}-{n}")


def content_of(company_id: int, number: str) -> Content | None:
    """What a payment holds, in its order; None where there is none of that number."""
    payment = WagePayment.objects.filter(company_id=company_id, number=number).first()
    if payment is None:
        return None
    rows = WageTransfer.objects.filter(payment=payment).order_by("n")
    found = rows.values_list("name", "iban", "slip__net", "slip__run__month", "slip__run__n")
    return Content(
        payment.nonce,
        [transfer_of(name, iban, net, (month, n)) for name, iban, net, month, n in found],
    )


keeps_sealed(SOURCE, Source(SEE, content_of, page_of_payment))


class Unpaid(NamedTuple):
    """Payslips that no payment pays, and the transfers that were to and did not."""

    slips: list[Payslip]
    failed: list[WageTransfer]


def unpaid(actor: Actor, runs: Iterable[PayRun]) -> Unpaid:
    """The payslips of runs that are to be paid: never were, or it was called off or came back."""
    slips = list(
        scoped(actor, Payslip)
        .filter(run__in=list(runs), net__gt=0)
        .select_related("party", "run")
        .defer("lines", "before", "so_far", "corrected", "centres")
        .order_by("pk")
    )
    tried = list(
        WageTransfer.objects.filter(slip__run__in={each.run_id for each in slips}, void=False)
        .select_related("payment")
        .order_by("pk")
    )
    standing = sealed_standing(actor, sorted({each.payment.number for each in tried}))
    failed = [each for each in tried if is_back(each, standing)]
    paid = {each.slip_id for each in tried} - {each.slip_id for each in failed}
    return Unpaid([each for each in slips if each.pk not in paid], failed)


def unpaid_count(actor: Actor, run: PayRun) -> int:
    """How many payslips of a run are to be paid, by no more than their numbers."""
    slips = scoped(actor, Payslip).filter(run=run, net__gt=0).count()
    tried = list(
        WageTransfer.objects.filter(slip__run=run, void=False).values_list("n", "payment__number")
    )
    standing = sealed_standing(actor, sorted({number for _n, number in tried}))
    paid = [
        n for n, number in tried
        if not standing[number].is_off and n not in standing[number].returned
    ]  # fmt: skip
    return slips - len(paid)


def is_back(transfer: WageTransfer, standing: dict[str, SealedStanding]) -> bool:
    """Whether a transfer paid nobody: its payment was called off or refused, or it came back."""
    found = standing.get(transfer.payment.number)
    return found is None or found.is_off or transfer.n in found.returned


class WagePaymentRow(msgspec.Struct, frozen=True):
    """A payment of wages: the months it pays, how many people, and what became of it."""

    id: int
    number: str
    first: date
    last: date
    people: int
    returned: int
    state: State
    amount: int


class WageTransferRow(msgspec.Struct, frozen=True):
    """What one is paid: `back` says that it did not reach them."""

    n: int
    employee: str
    name: str
    iban: str
    run: str
    amount: int
    back: bool


class WagePaymentCard(msgspec.Struct, frozen=True):
    """A payment of wages with all that it holds."""

    payment: WagePaymentRow
    transfers: list[WageTransferRow]


@query(permission=SEE, title=_("Payments of wages"), exposed=True, shows_nobody=True)
def wage_payments(
    actor: Actor, /, *, sort: str = "-number", cursor: str = "", limit: int = PAGE
) -> Page[WagePaymentRow]:
    """Payments of wages, the latest first."""
    order = sorted_by(sort, {"number": ("number",)})
    page = page_by(scoped(actor, WagePayment), order=order, cursor=cursor, limit=limit, totals={})
    rows = {each.id: each for each in _rows(actor, page.rows)}
    return page.map(lambda each: rows[each.pk])


@query(permission=SEE, title=_("A payment of wages"), exposed=True)
def wage_payment(actor: Actor, /, *, number: str) -> WagePaymentCard:
    """One payment of wages by its number, with everybody in it. Raises UnknownPay."""
    found = _found(actor, number)
    (row,) = _rows(actor, [found])
    standing = sealed_standing(actor, [number])
    rows = WageTransfer.objects.filter(payment=found).order_by("n")
    return WagePaymentCard(
        row,
        [
            WageTransferRow(
                each.n, each.party.code, each.name, each.iban, str(each.slip.run), each.slip.net,
                each.void or is_back(each, standing),
            )
            for each in rows.select_related("party", "slip__run", "payment")
        ],
    )  # fmt: skip


class WagesFile(NamedTuple):
    """The file as the bank gets it."""

    name: str
    content: bytes


@query(permission=SEE, title=_("The bank's file of a payment of wages"))
def wage_payment_file(actor: Actor, /, *, number: str) -> WagesFile:
    """The file that finance made of a payment, byte for byte; raises NotFound, FileGone."""
    found = sealed_file(actor, number=_found(actor, number).number)
    return WagesFile(found.name, found.content)


def payments_of(actor: Actor, run: PayRun) -> list[str]:
    """The numbers of the payments that pay a run, the first first."""
    rows = scoped(actor, WagePayment).filter(transfers__slip__run=run)
    return list(rows.distinct().order_by("number").values_list("number", flat=True))


def _found(actor: Actor, number: str) -> WagePayment:
    found = scoped(actor, WagePayment).filter(number=number[:40]).first()
    if found is None:
        message = _("There is no payment of wages “{number}”.").format(number=number[:40])
        raise UnknownPay(message, field="number")
    return found


def _rows(actor: Actor, payments: Sequence[WagePayment]) -> list[WagePaymentRow]:
    standing = sealed_standing(actor, [each.number for each in payments])
    sums = (
        WageTransfer.objects.filter(payment__in=payments)
        .values_list("payment")
        .annotate(
            Min("slip__month"), Max("slip__month"), Count("party", distinct=True), Sum("slip__net")
        )
    )
    of = {key: rest for key, *rest in sums}
    rows = []
    for each in payments:
        became, (first, last, people, amount) = standing[each.number], of[each.pk]
        returned = len(became.returned)
        row = WagePaymentRow(
            each.pk, each.number, first, last, people, returned, became.state, amount
        )
        rows.append(row)
    return rows
