"""Mail people that leave of theirs lapses, how much and when: with that they are warned.

The employer must tell each of them precisely and in time (CJEU C-684/16, Max-Planck, 45 and 46).
"""

from collections.abc import Sequence

import msgspec
from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kantoor.departments.hr.actions.leave.keeping import keep_ledgers
from kantoor.departments.hr.actions.leave.kinds import MANAGE
from kantoor.departments.hr.actions.leave.warning import lots_to_warn_of
from kantoor.departments.hr.actions.letters import codes_of, page_at, write_once
from kantoor.departments.hr.errors_leave import NoMailbox
from kantoor.departments.hr.formats.durations import clock
from kantoor.departments.hr.models import LeaveLot, LeaveMove
from kantoor.departments.hr.queries.leave.reckoning.accrual import lapses_on
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.queries import scoped
from kantoor.kernel.ui.formats import day_in_full

ABOUT = "hr.leave_warning"


class Mailed(msgspec.Struct, frozen=True):
    """How many people a letter went to, and the numbers of who has no address that works.

    Those have to be told in another way; their leave does not lapse until then.
    """

    people: int
    without_address: list[str]


@action(permission=MANAGE, title=_("Mail that leave lapses"))
def mail_of_lapse(actor: Actor, /, *, year: int, employees: Sequence[str] = ()) -> Mailed:
    """Mail everybody, or these employees, that what they have left of a year's leave lapses.

    Each in their own language, with the hours and the day; a lot is mailed of once. Who was
    mailed is warned from today on. Raises WarnedTooLate, NotFound, NoMailbox.
    """
    today = timezone.localdate()
    lots = _with_minutes(actor, lots_to_warn_of(actor, year, employees, today))
    of: dict[int, list[tuple[LeaveLot, int]]] = {}
    for lot, minutes in lots:
        of.setdefault(lot.party_id, []).append((lot, minutes))
    said = {key: " ".join(str(lot.pk) for lot, _left in some) for key, some in of.items()}
    told = write_once(actor, ABOUT, said, lambda key: _words(of[key]))
    if told is None:
        raise NoMailbox(_("There is no mailbox or mail server to write from; ICT can add it."))
    warned = [lot for lot, _left in lots if lot.party_id in told]
    for lot in warned:
        assert lot.rule is not None
        lot.warned_on, lot.lapses = today, lapses_on(lot.year, lot.rule.months)
    LeaveLot.objects.bulk_update(warned, ["warned_on", "lapses"])
    keep_ledgers(actor.company_id, {lot.party_id for lot in warned})
    return Mailed(len(told), sorted(codes_of(actor, of.keys() - told)))


def _with_minutes(actor: Actor, lots: Sequence[LeaveLot]) -> list[tuple[LeaveLot, int]]:
    """Those lots of which something is left when they would lapse, with how many minutes."""
    moves = scoped(actor, LeaveMove).filter(lot__year__in={lot.year for lot in lots})
    until = max((lapses_on(lot.year, lot.rule.months) for lot in lots if lot.rule), default=None)
    if until is None:
        return []
    sums = moves.filter(on__lt=until).values_list("lot_id").annotate(Sum("minutes")).order_by()
    left = dict(sums)
    return [(lot, left[lot.pk]) for lot in lots if left.get(lot.pk, 0) > 0]


def _words(lots: Sequence[tuple[LeaveLot, int]]) -> tuple[str, str]:
    """Subject and text in the language that holds."""
    lines = [
        gettext("{hours} hours of {kind} of {year}: gone on {day}.").format(
            hours=clock(minutes), kind=lot.kind.name, year=lot.year,
            day=day_in_full(lapses_on(lot.year, lot.rule.months)),
        )
        for lot, minutes in lots
        if lot.rule is not None
    ]  # fmt: skip
    subject = gettext("Your leave of {year} lapses").format(year=lots[0][0].year)
    first = gettext("You have leave that you lose if you do not take it in time:")
    last = gettext(
        "Ask for it now, and you can take it. If something keeps you from it, such as illness, tell HR."
    )
    return subject, "\n\n".join(
        filter(None, [first, "\n".join(lines), last, page_at("/hr/my-leave")])
    )
