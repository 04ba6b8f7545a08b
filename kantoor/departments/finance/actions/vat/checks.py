"""Ask the tax authorities whether customers' VAT numbers are in use, and keep what they said."""

from collections.abc import Sequence

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance import vies
from kantoor.departments.finance.actions.particulars import Buyers
from kantoor.departments.finance.errors import UnknownParty, ViesOff
from kantoor.departments.finance.models import VatCheck
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.actors.models import Company
from kantoor.kernel.errors import InvalidInput
from kantoor.kernel.jobs.declared import job
from kantoor.kernel.jobs.work import Work
from kantoor.kernel.store.lookup import rows_by_key

PERMISSION = "finance.check_vat_numbers"
MOST = 1_000


@action(permission=PERMISSION, title=_("Check VAT numbers"))
def check_vat_numbers(actor: Actor, /, *, parties: Sequence[str]) -> str:
    """Ask whether the VAT numbers of these parties are in use, in the background; gives the job's key.

    Raises ViesOff where this installation asks nobody, UnknownParty, and InvalidInput for a party
    without a number. What was said is kept with its date and the consultation number.
    """
    if not vies.address():
        words = _("VAT numbers are not checked here: an administrator has to set KANTOOR_VIES.")
        raise ViesOff(words)
    if not 0 < len(parties) <= MOST:
        message = _("Name up to {most} parties.").format(most=MOST)
        raise InvalidInput(message, field="parties")
    found = rows_by_key(
        "SELECT code, vat_number FROM kernel_party WHERE company_id = %s AND code IN ({})",
        [actor.company_id],
        {code for code in parties if "\0" not in code},
    )
    for place, code in enumerate(parties, 1):
        if code not in found:
            message = _("There is no party “{code}”.").format(code=code[:40])
            raise UnknownParty(message, field="parties", line=place)
        if not found[code]:
            message = _("{code} has no VAT number.").format(code=code)
            raise InvalidInput(message, field="parties", line=place)
    return ask_vies.enqueue(actor, parties=list(dict.fromkeys(parties)))


@job(title=_("Check VAT numbers"))
def ask_vies(work: Work, /, *, parties: list[str]) -> dict[str, list[str]]:
    """Ask about one after another, outside of any transaction; says who could not be asked."""
    actor = work.actor
    own = Company.objects.get(pk=actor.company_id).vat_number
    found = rows_by_key(
        "SELECT code, vat_number FROM kernel_party WHERE company_id = %s AND code IN ({})",
        [actor.company_id],
        parties,
    )
    begin = work.remembered(int) or 0
    refused: list[str] = []
    unanswered: list[str] = []
    for n, code in enumerate(parties[begin:], begin + 1):
        number = found.get(code, "")
        if number:
            try:
                answer = vies.ask(number, own)
            except vies.Unanswered:
                unanswered.append(code)
            else:
                keep_vat_check(
                    actor, party=code, vat_number=number, valid=answer.valid,
                    consultation=answer.consultation,
                )  # fmt: skip
                if not answer.valid:
                    refused.append(code)
        work.remember(n)
        work.progress(n, len(parties))
    return {"not_in_use": refused, "unanswered": unanswered}


@action(permission=PERMISSION, title=_("Keep what was said of a VAT number"), hidden=True)
def keep_vat_check(
    actor: Actor, /, *, party: str, vat_number: str, valid: bool, consultation: str
) -> None:
    """Keep an answer about the number that was asked; raises UnknownParty."""
    found = rows_by_key(
        "SELECT code, id, country FROM kernel_party WHERE company_id = %s AND code IN ({})",
        [actor.company_id],
        [party],
    )
    if party not in found:
        raise UnknownParty(_("There is no party “{code}”.").format(code=party), field="party")
    party_id, country = found[party]
    buyers = Buyers(actor.company_id, [party_id])
    copy = buyers.note(party_id, country, vat_number, None)
    VatCheck.objects.create(
        company_id=actor.company_id,
        buyer_id=buyers.keep()[copy],
        at=timezone.now(),
        valid=valid,
        consultation=consultation,
    )
