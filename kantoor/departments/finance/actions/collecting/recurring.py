"""Recurring invoices: agreed once, issued each period by itself, and never twice for one."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.dates import months_before
from kantoor.departments.finance.drafts_collecting import RecurringDraft
from kantoor.departments.finance.drafts_invoices import InvoiceLineInput
from kantoor.departments.finance.errors import EmptyInvoice, UnknownParty
from kantoor.departments.finance.exact import in_millionths
from kantoor.departments.finance.models import RecurringInvoice, RecurringLine
from kantoor.departments.finance.models.collecting import ACTIVE, ENDED
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actions.unit import concerns
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import InvalidInput, NotFound
from kantoor.kernel.numbering.numbers import take_numbers
from kantoor.kernel.store.lookup import rows_by_key

MANAGE = "finance.manage_recurring"
MOST, MOST_LINES = 10_000, 500


@action(permission=MANAGE, title=_("Agree on recurring invoices"), bulk_of="finance.add_recurring")
def add_recurring_invoices(actor: Actor, /, *, agreements: Sequence[RecurringDraft]) -> list[str]:
    """Keep what is to be invoiced each period, all or none; nothing is issued yet.

    Gives the numbers. Raises UnknownParty, EmptyInvoice, InvalidInput; the line is the
    agreement's place, from 1.
    """
    if not 0 < len(agreements) <= MOST:
        message = _("Name 1 to {most} agreements.")
        raise InvalidInput(message.format(most=MOST), field="agreements")
    parties = rows_by_key(
        "SELECT code, id FROM kernel_party WHERE company_id = %s AND code IN ({})",
        [actor.company_id],
        {each.party for each in agreements},
    )
    for place, each in enumerate(agreements, 1):
        _check(each, parties, place)
    first = take_numbers(f"finance.recurring/{actor.company_id}", len(agreements))
    made = RecurringInvoice.objects.bulk_create(
        _row(actor, each, parties[each.party], sequence)
        for sequence, each in enumerate(agreements, first)
    )
    RecurringLine.objects.bulk_create(
        _line(row, n, line)
        for row, each in zip(made, agreements, strict=True)
        for n, line in enumerate(each.lines, 1)
    )
    if len(made) == 1:
        concerns(f"finance.recurring_invoice/{made[0].pk}")
    return [each.number for each in made]


@action(permission=MANAGE, title=_("Agree on a recurring invoice"))
def add_recurring(
    actor: Actor,
    /,
    *,
    party: str,
    starts_on: date,
    lines: Sequence[InvoiceLineInput],
    months: int = 1,
    ends_on: date | None = None,
    due_days: int = 30,
    reference: str = "",
    text: str = "",
    index_percent: Decimal = Decimal(0),
    index_on: date | None = None,
) -> str:
    """Keep what a customer is invoiced each period; gives its number. See the bulk form."""
    draft = RecurringDraft(
        party=party,
        starts_on=starts_on,
        lines=lines,
        months=months,
        ends_on=ends_on,
        due_days=due_days,
        reference=reference,
        text=text,
        index_percent=index_percent,
        index_on=index_on,
    )
    return add_recurring_invoices(actor, agreements=[draft])[0]


@action(permission=MANAGE, title=_("Change what recurs"))
def change_recurring(
    actor: Actor,
    /,
    *,
    recurring: str,
    lines: Sequence[InvoiceLineInput] = (),
    index_percent: Decimal | None = None,
    index_on: date | None = None,
    text: str | None = None,
) -> None:
    """Change lines or indexation from the next period on; what was issued stays.

    Without lines those that are there stay. Raises NotFound, InvalidInput.
    """
    found = recurring_invoice(actor, recurring)
    percent = found.index_percent if index_percent is None else index_percent
    on = index_on or found.index_on
    _check_index(percent, on, None)
    if lines:
        for n, line in enumerate(lines, 1):
            _check_line(line, n)
        RecurringLine.objects.filter(recurring=found).delete()
        RecurringLine.objects.bulk_create(_line(found, n, each) for n, each in enumerate(lines, 1))
    found.index_percent, found.index_on = percent, on
    if text is not None:
        found.text = text.strip()[:500]
    found.save()
    concerns(f"finance.recurring_invoice/{found.pk}")


@action(permission=MANAGE, title=_("End what recurs"))
def end_recurring(
    actor: Actor, /, *, recurring: str, why: str, ends_on: date | None = None
) -> None:
    """Invoice no period that begins after a day, or none at all any more. Raises NotFound."""
    if not why.strip():
        raise InvalidInput(_("Say why."), field="why")
    found = recurring_invoice(actor, recurring)
    found.ends_on, found.why = ends_on or found.next_on - timedelta(days=1), why.strip()[:200]
    if found.ends_on < found.next_on:
        found.state = ENDED
    found.save()
    concerns(f"finance.recurring_invoice/{found.pk}")


def recurring_invoice(actor: Actor, number: str) -> RecurringInvoice:
    """The running agreement with that number, locked; raises NotFound."""
    found = RecurringInvoice.objects.select_for_update().filter(
        company_id=actor.company_id, number=number, state=ACTIVE
    )
    if (first := found.first()) is None:
        said = _("Nothing recurs under “{number}”.").format(number=number[:40])
        raise NotFound(said, field="recurring")
    return first


def _check(draft: RecurringDraft, parties: dict[str, int], place: int) -> None:
    if draft.party not in parties:
        said = _("There is no party “{code}”.").format(code=draft.party[:40])
        raise UnknownParty(said, field="party", line=place)
    if not 1 <= draft.months <= 120:
        message = _("A period has 1 to 120 months.")
        raise InvalidInput(message, field="months", line=place)
    if draft.ends_on is not None and draft.ends_on < draft.starts_on:
        message = _("The end lies before the start.")
        raise InvalidInput(message, field="ends_on", line=place)
    if not 0 <= draft.due_days <= 3_650:
        said = _("An invoice is due within 0 to {most} days.").format(most=3_650)
        raise InvalidInput(said, field="due_days", line=place)
    if len(draft.reference) > 80 or len(draft.text) > 400:
        message = _("The reference has at most 80 characters, the text 400.")
        raise InvalidInput(message, field="text", line=place)
    _check_index(draft.index_percent, draft.index_on, place)
    if not 0 < len(draft.lines) <= MOST_LINES:
        said = _("An invoice has 1 to {most} lines.").format(most=MOST_LINES)
        raise EmptyInvoice(said, field="lines", line=place)
    for line in draft.lines:
        _check_line(line, place)


def _check_index(percent: Decimal, on: date | None, place: int | None) -> None:
    if not -50 <= percent <= 100 or in_millionths(percent) is None:
        message = _("Prices rise by -50 to 100 percent a year.")
        raise InvalidInput(message, field="index_percent", line=place)
    if percent and on is None:
        message = _("Say on which day prices rise first.")
        raise InvalidInput(message, field="index_on", line=place)


def _check_line(line: InvoiceLineInput, place: int) -> None:
    if in_millionths(line.quantity) is None or in_millionths(line.unit_price) is None:
        message = _("Give a number with no more than six decimals, within 64 bits.")
        raise InvalidInput(message, field="lines", line=place)
    if not line.text.strip() or len(line.text) > 500 or len(line.article) > 80:
        message = _("A line says in up to 500 characters what it is for.")
        raise InvalidInput(message, field="lines", line=place)


def _row(actor: Actor, draft: RecurringDraft, party_id: int, sequence: int) -> RecurringInvoice:
    return RecurringInvoice(
        company_id=actor.company_id,
        sequence=sequence,
        number=f"REC-{sequence:06}",
        party_id=party_id,
        months=draft.months,
        starts_on=draft.starts_on,
        next_on=draft.starts_on,
        ends_on=draft.ends_on,
        due_days=draft.due_days,
        reference=draft.reference,
        text=draft.text.strip(),
        index_percent=draft.index_percent,  # type: ignore[misc]
        index_on=draft.index_on,
        state=ACTIVE,
        why="",
    )


def _line(row: RecurringInvoice, n: int, line: InvoiceLineInput) -> RecurringLine:
    return RecurringLine(
        company_id=row.company_id,
        recurring=row,
        n=n,
        article=line.article,
        text=line.text,
        quantity=line.quantity,  # type: ignore[misc]
        unit_price=line.unit_price,
        tax=line.tax,
    )


def period_after(row: RecurringInvoice, on: date) -> date:
    """The first day of the period after the one that begins on a day.

    Counted from the first period, so that the last days of months don't creep forward.
    """
    since = (on.year - row.starts_on.year) * 12 + on.month - row.starts_on.month
    return months_before(row.starts_on, -(since + row.months))
