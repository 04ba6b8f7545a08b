"""How customers are asked for payment: the steps, and who is left in peace."""

from collections.abc import Sequence
from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.actions.periods import lock_company
from kantoor.departments.finance.drafts_collecting import LevelDraft
from kantoor.departments.finance.errors import UnknownInvoice, UnknownParty
from kantoor.departments.finance.models import Invoice, ReminderHold, ReminderLevel
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import Conflict, InvalidInput, NotFound
from kantoor.kernel.parties.models import Party

MANAGE, HOLD = "finance.manage_reminders", "finance.hold_reminders"
COSTS = ("", "announced", "claimed")
MOST = 9


@action(permission=MANAGE, title=_("Set the steps of reminders"))
def set_reminder_levels(actor: Actor, /, *, levels: Sequence[LevelDraft]) -> None:
    """Set how many days after the due date customers are asked, in what words, at what charge.

    They replace those that were there; what was sent stays. Raises InvalidInput.
    """
    if not 0 < len(levels) <= MOST:
        raise InvalidInput(_("There are 1 to {most} steps.").format(most=MOST), field="levels")
    before = -1
    announced = False
    for place, each in enumerate(levels, 1):
        _check(each, before, announced, place)
        before, announced = each.days, announced or each.costs == "announced"
    lock_company(actor.company_id)
    ReminderLevel.objects.filter(company_id=actor.company_id).delete()
    write_levels(actor, levels)


def write_levels(actor: Actor, levels: Sequence[LevelDraft]) -> list[ReminderLevel]:
    """Keep the steps, in their order."""
    return ReminderLevel.objects.bulk_create(
        ReminderLevel(
            company_id=actor.company_id,
            n=n,
            days=each.days,
            name_en=each.name_en.strip(),
            name_nl=each.name_nl.strip(),
            fee=each.fee,
            costs=each.costs,
            interest=each.interest,
        )
        for n, each in enumerate(levels, 1)
    )


def _check(each: LevelDraft, before: int, announced: bool, place: int) -> None:
    if not before < each.days <= 3_650:
        message = _("Each step comes later than the one before it.")
        raise InvalidInput(message, field="levels", line=place)
    if not each.name_en.strip() or not each.name_nl.strip():
        message = _("Give the step a name in both languages.")
        raise InvalidInput(message, field="levels", line=place)
    if each.costs not in COSTS or each.fee < 0:
        message = _("Costs are announced, claimed, or nothing; a fee is not below nought.")
        raise InvalidInput(message, field="levels", line=place)
    if each.costs == "claimed" and not announced:
        message = _(
            "Announce the costs in an earlier step: a consumer first has 14 days to pay without."
        )
        raise InvalidInput(message, field="levels", line=place)


@action(permission=HOLD, title=_("Hold reminders"))
def hold_reminders(
    actor: Actor, /, *, party: str, why: str, invoice: str = "", until: date | None = None
) -> None:
    """Don't remind a customer, or of one invoice, until a day or until it is ended; says why.

    Raises UnknownParty, UnknownInvoice, InvalidInput, Conflict when it is held already.
    """
    if not why.strip():
        raise InvalidInput(_("Say why."), field="why")
    party_id, invoice_id = _what(actor, party, invoice)
    same = _standing(party_id, invoice_id)
    if same.exists():
        raise Conflict(_("This is held already."), field="party")
    ReminderHold.objects.create(
        company_id=actor.company_id,
        party_id=party_id,
        invoice_id=invoice_id,
        why=why.strip()[:200],
        until=until,
    )


@action(permission=HOLD, title=_("Remind again"))
def release_reminders(actor: Actor, /, *, party: str, invoice: str = "") -> None:
    """Remind a customer, or of an invoice, again. Raises NotFound when it is not held."""
    party_id, invoice_id = _what(actor, party, invoice)
    held = _standing(party_id, invoice_id)
    if not held.update(ended=True):
        raise NotFound(_("This is not held."), field="party")


def _standing(party_id: int, invoice_id: int | None) -> "QuerySet[ReminderHold]":
    held = ReminderHold.objects.filter(party_id=party_id, ended=False)
    return held.filter(invoice=None) if invoice_id is None else held.filter(invoice_id=invoice_id)


def _what(actor: Actor, party: str, invoice: str) -> tuple[int, int | None]:
    found = Party.objects.filter(company_id=actor.company_id, code=party).first()
    if found is None:
        message = _("There is no party “{code}”.").format(code=party[:40])
        raise UnknownParty(message, field="party")
    if not invoice:
        return found.pk, None
    known = Invoice.objects.filter(
        company_id=actor.company_id, number=invoice, party_id=found.pk
    ).first()
    if known is None:
        message = _("There is no invoice “{number}”.").format(number=invoice[:40])
        raise UnknownInvoice(message, field="invoice")
    return found.pk, known.pk
