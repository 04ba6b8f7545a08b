"""Invoice approved hours through finance, each line once; free those of a credited invoice."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.public import (
    InvoiceDraft,
    InvoiceLine,
    Rates,
    dimension_values,
    issue_invoices,
    numbers_of_invoices,
    wholly_credited,
)
from kantoor.departments.hr.actions.times.checking import PROJECT, customers_by_code
from kantoor.departments.hr.drafts_times import HoursInvoiced
from kantoor.departments.hr.errors_times import NoHourRate, NotCredited
from kantoor.departments.hr.models import HourBilled, HourBilling
from kantoor.departments.hr.queries.times.proposal import (
    Group,
    Hours,
    hours_to_bill,
    net_of,
    price_of,
    quantity_of,
)
from kantoor.departments.hr.queries.times.rates import settings_of
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.actors.models import Company
from kantoor.kernel.errors import InvalidInput, NotFound
from kantoor.kernel.parties.models import Party
from kantoor.kernel.queries import scoped

BILL = "hr.bill_time"
MOST = 10_000
USUAL_DUE_DAYS = 30


@action(permission=BILL, title=_("Invoice hours"))
def invoice_hours(
    actor: Actor, /, *, customers: Sequence[str], until: date | None = None, on: date | None = None
) -> HoursInvoiced:
    """Invoice the approved billable hours of customers (codes) to a day, dated `on` or today.

    One invoice for each customer and currency, a line for each project, employee and rate. Two who
    do so at once come after each other, so that the second finds nothing. Raises NotFound,
    NoHourRate where nothing says what hours are worth, and what finance refuses.
    """
    codes = list(dict.fromkeys(customers))
    if not 0 < len(codes) <= MOST:
        message = _("Name 1 to {most} customers.").format(most=MOST)
        raise InvalidInput(message, field="customers")
    Company.objects.select_for_update(no_key=True).get(pk=actor.company_id)
    known = customers_by_code(actor, codes)
    for line, code in enumerate(codes, 1):
        if code not in known:
            nobody = _("There is no customer “{code}”.").format(code=code[:40])
            raise NotFound(nobody, field="customers", line=line)
    day = on or timezone.localdate()
    wanted = {known[code] for code in codes}
    found = hours_to_bill(actor.company_id, until or day, wanted)
    _refuse_worthless(found)
    if not found:
        return HoursInvoiced(0, "", "", 0, 0)
    return _issued(actor, found, day)


def _refuse_worthless(found: Mapping[Group, Hours]) -> None:
    for group, hours in found.items():
        if group.rate is None:
            message = _("Nothing says what hours on “{project}” of {day} are worth; set a rate.")
            said = message.format(project=group.project or "–", day=hours.first.isoformat())
            raise NoHourRate(said, field="customers")


def _issued(actor: Actor, found: Mapping[Group, Hours], day: date) -> HoursInvoiced:
    by_invoice: dict[tuple[int, str], list[tuple[Group, Hours]]] = {}
    for group, hours in found.items():
        assert group.rate is not None
        by_invoice.setdefault((group.customer, group.rate.currency), []).append((group, hours))
    issued = issue_invoices(actor, invoices=_drafts(actor, by_invoice, day))
    numbers = numbers_of_invoices(actor, issued.invoice_ids)
    foreign = {currency for _customer, currency in by_invoice if currency != actor.currency}
    rates = Rates(actor, [(currency, day.isoformat()) for currency in sorted(foreign)])
    billings = []
    for key, ((customer, currency), groups) in zip(
        issued.invoice_ids, by_invoice.items(), strict=True
    ):
        for group, hours in groups:
            assert group.rate is not None
            amount = net_of(hours.minutes, group.rate)
            own = amount
            if currency != actor.currency:
                own = rates.on(currency, day.isoformat(), None).to_own(amount)
            billings.append(
                HourBilling(
                    company_id=actor.company_id,
                    invoice=numbers[key],
                    invoice_key=key,
                    date=day,
                    customer_id=customer,
                    party_id=group.party,
                    project=group.project,
                    minutes=hours.minutes,
                    rate=group.rate.rate,  # type: ignore[misc]  # its stubs know no Decimal
                    currency=currency,
                    amount=amount,
                    own=own,
                )
            )
    HourBilling.objects.bulk_create(billings)
    every = [hours for groups in by_invoice.values() for _group, hours in groups]
    HourBilled.objects.bulk_create(
        HourBilled(company_id=actor.company_id, line_id=line, billing=billing)
        for billing, hours in zip(billings, every, strict=True)
        for line in hours.lines
    )
    minutes = sum(hours.minutes for hours in every)
    return HoursInvoiced(len(by_invoice), issued.first, issued.last, minutes, issued.net)


def _drafts(
    actor: Actor, by_invoice: Mapping[tuple[int, str], Sequence[tuple[Group, Hours]]], day: date
) -> list[InvoiceDraft]:
    keys = {customer for customer, _currency in by_invoice}
    buyers = {
        key: (country, vat)
        for key, country, vat in scoped(actor, Party)
        .filter(pk__in=keys)
        .values_list("pk", "country", "vat_number")
    }
    settings = settings_of(actor.company_id)
    names = dimension_values(actor.company_id, PROJECT)
    return [
        InvoiceDraft(
            party_id=customer,
            country=buyers[customer][0],
            vat_number=buyers[customer][1],
            date=day.isoformat(),
            reference="",
            origin="",
            lines=[_line(names, group, hours) for group, hours in groups],
            due_days=settings.due_days if settings else USUAL_DUE_DAYS,
            currency="" if currency == actor.currency else currency,
            supply="services",
        )
        for (customer, currency), groups in by_invoice.items()
    ]


def _line(names: Mapping[str, str], group: Group, hours: Hours) -> InvoiceLine:
    """Without a name: an invoice is never erased."""
    assert group.rate is not None
    text = _("Hours {first} to {last}").format(
        first=hours.first.isoformat(), last=hours.last.isoformat()
    )
    said = f"{names.get(group.project, group.project)}: {text}" if group.project else str(text)
    price, quantity = price_of(group.rate.rate), quantity_of(hours.minutes)
    return InvoiceLine(group.project, said, quantity, price, net_of(hours.minutes, group.rate))


@action(permission=BILL, title=_("Free the hours of a credited invoice"))
def free_hours(actor: Actor, /, *, invoice: str) -> int:
    """Free the hours of an invoice that was credited as a whole, to be invoiced anew.

    Gives how many lines; again changes nothing. Raises NotFound, NotCredited.
    """
    Company.objects.select_for_update(no_key=True).get(pk=actor.company_id)
    rows = list(scoped(actor, HourBilling).filter(invoice=invoice).order_by("pk"))
    if not rows:
        message = _("There are no hours on an invoice “{number}”.").format(number=invoice[:40])
        raise NotFound(message, field="invoice")
    key = rows[0].invoice_key
    if not wholly_credited(actor, [key])[key]:
        unpaid = _("{number} was not credited as a whole; credit it first.")
        raise NotCredited(unpaid.format(number=invoice), field="invoice")
    standing = [row for row in rows if row.freed_at is None]
    now = timezone.now()
    for row in standing:
        row.freed_at = now
    HourBilling.objects.bulk_update(standing, ["freed_at"])
    lines = HourBilled.objects.filter(billing__in=[row.pk for row in standing])
    return lines.delete()[0]
