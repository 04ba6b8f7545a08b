"""Mailings go on by themselves: lot after lot, the next taken in hand while one is handed in."""

import logging
import secrets
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings
from django.db.models import Case, QuerySet, Value, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.departments.communication.actions.mailings.begun_here import (
    began_here,
    forget_begun,
    sweep_begun,
)
from kantoor.departments.communication.actions.mailings.gathering import await_recipients, gather
from kantoor.departments.communication.actions.mailings.letters import (
    Outfit,
    as_it_stands,
    outfit_of,
)
from kantoor.departments.communication.actions.mailings.lots import (
    hold_mailing,
    rest_mailing,
    settle_lot,
    take_lot,
)
from kantoor.departments.communication.models import Mailing, MailingTo
from kantoor.departments.communication.models.items.item import CRISIS
from kantoor.departments.communication.models.mailings.mailing import GATHERING, SENDING
from kantoor.kernel.actors.actor import Actor, console_actor
from kantoor.kernel.jobs.declared import job
from kantoor.kernel.jobs.schedule import every
from kantoor.kernel.jobs.work import Work
from kantoor.kernel.mail.mass.journal import Journal, told
from kantoor.kernel.mail.mass.lots import Handed, UnderWay
from kantoor.kernel.mail.models import SENDING as IN_HAND
from kantoor.kernel.mail.models import UNSURE
from kantoor.kernel.mail.sending import Said

log = logging.getLogger(__name__)
FEWEST, MOST = 20, 500
"""Of a lot: so many that it takes about `LOT_S`, and what is in hand when we are killed stays small."""
LOT_S = 2.0
WITHIN_S = 20.0
TURN_S = 60.0
AT_LEAST_S = 2.0
"""A turn ends sooner when other work waits, but not before."""
FEW = 2_000
"""Recipients that are written down at once, so that a notice need not wait for long work."""
AT_A_TIME = 20
"""Mailings of a turn."""


def anything_due() -> bool:
    """Whether a mailing has something to do now."""
    return _due().exists()


@every(seconds=2, when=anything_due)
@job(title=_("Send mailings"), quick=True)
def send_mailings(work: Work, /) -> int:
    """Send what is due of every mailing, notices of a crisis first; gives how many went out."""
    until, sent = time.monotonic() + TURN_S, 0
    sweep_journals()
    sweep_begun()
    first = Case(When(item__kind=CRISIS, then=Value(0)), default=Value(1))
    due = _due().select_related("company", "item", "mailbox", "way", "audience")
    for mailing in due.order_by(first, "next_at", "id")[:AT_A_TIME]:
        try:
            sent += Turn(work, mailing, until).run(sent)
        except Exception:
            # One mailing that can't go on must not keep the others.
            log.exception("mailing %s could not go on", mailing.pk)
            settle_lot(
                console_actor(mailing.company), mailing_id=mailing.pk, lot="-", said={},
                away=str(_("Kantoor itself failed; the log says why.")),
            )  # fmt: skip
    return sent


@job(title=_("Write down who a mailing goes to"))
def gather_recipients(work: Work, /, *, mailing_id: int) -> int:
    """The same for so many that it takes long; gives how many it goes to."""
    mailing = Mailing.objects.select_related("company", "item", "way", "audience").get(
        pk=mailing_id
    )
    if not mailing.gathered:
        gather(console_actor(mailing.company), mailing)
    return mailing.size


def _due() -> QuerySet[Mailing]:
    return Mailing.objects.filter(state__in=[GATHERING, SENDING], next_at__lte=timezone.now())


@dataclass
class _Lot:
    """What is in hand."""

    name: str
    rows: Sequence[MailingTo]
    journal: Journal
    began: float = field(default_factory=time.monotonic)


@dataclass
class Turn:
    """A mailing goes on until `until` (monotonic), or other work waits."""

    work: Work
    mailing: Mailing
    until: float
    size: int = 100
    taken: list[_Lot] = field(default_factory=list)
    """Lots that are not settled."""

    def __post_init__(self) -> None:
        self.actor: Actor = console_actor(self.mailing.company)
        self.began = time.monotonic()

    def run(self, before: int = 0) -> int:
        """Go on; gives how many were handed in."""
        if not began_here(self.mailing):
            hold_mailing(self.actor, mailing_id=self.mailing.pk)
            return 0
        if not self.mailing.gathered and not self._gathered():
            return 0
        recover(self.actor, self.mailing)
        outfit, sent = outfit_of(self.actor, self.mailing), 0
        under_way: UnderWay | None = None
        in_hand: _Lot | None = None
        try:
            while True:
                lot = self._take() if self._may_go_on() else None
                handed = Handed()
                if under_way is not None:
                    handed = under_way.wait()
                done, under_way = in_hand, None
                if lot is not None and not handed.away:
                    outfit = as_it_stands(self.actor, outfit)
                    under_way = self._begin(lot, outfit)
                in_hand = lot if under_way else None
                if done is not None:
                    self._settle(done, handed)
                    sent += len(handed.said)
                if lot is not None and under_way is None:
                    self._settle(lot, Handed(away=handed.away))
                if under_way is None:
                    break
                self.work.progress(before + sent)
        finally:
            try:
                if in_hand is not None and under_way is not None:
                    self._settle(in_hand, under_way.wait())
            finally:
                for each in self.taken:
                    each.journal.leave()
                outfit.close()
        if rest_mailing(self.actor, mailing_id=self.mailing.pk):
            forget_begun(self.mailing)
        return sent

    def _gathered(self) -> bool:
        """Write down who it goes to: here if they are few, else by a job that may take long."""
        if self.mailing.size <= FEW:
            gather(self.actor, self.mailing)
            return self.mailing.state == SENDING
        await_recipients(self.actor, mailing_id=self.mailing.pk)
        once = f"mailing/{self.mailing.pk}"
        gather_recipients.enqueue_once(once, self.actor, mailing_id=self.mailing.pk)
        return False

    def _may_go_on(self) -> bool:
        now = time.monotonic()
        if now - self.began > AT_LEAST_S and self.work.others_wait():
            return False
        return now < self.until

    def _take(self) -> _Lot | None:
        """The next lot; its journal is there before anybody is in hand."""
        name = secrets.token_hex(8)
        journal = Journal(journal_of(name))
        limit = self.mailing.per_minute
        size = min(self.size, max(1, limit // 6)) if limit else self.size
        try:
            rows = take_lot(self.actor, mailing_id=self.mailing.pk, lot=name, at_most=size)
        except BaseException:
            journal.end()
            raise
        if rows:
            self.taken.append(lot := _Lot(name, rows, journal))
            return lot
        journal.end()
        return None

    def _begin(self, lot: _Lot, outfit: Outfit) -> UnderWay:
        messages = map(outfit.message, lot.rows)
        lot.began = time.monotonic()
        return UnderWay(messages, outfit.ways, lot.journal, within_s=WITHIN_S)

    def _settle(self, lot: _Lot, handed: Handed) -> None:
        took = time.monotonic() - lot.began
        settle_lot(
            self.actor, mailing_id=self.mailing.pk, lot=lot.name, said=handed.said,
            away=handed.away,
        )  # fmt: skip
        lot.journal.end()
        self.taken.remove(lot)
        if handed.said:
            fitting = int(len(handed.said) / max(took, 0.01) * LOT_S)
            self.size = min(MOST, max(FEWEST, fitting))


def journal_of(lot: str) -> Path:
    """Where the journal of a lot is."""
    return Path(settings.DATA) / "mailings" / f"{lot}.journal"


def sweep_journals() -> None:
    """Put away the journals of lots that were settled by who was killed before doing so."""
    left = [path for path in journal_of("").parent.glob("*.journal") if told(path) is not None]
    if left:
        in_hand = MailingTo.objects.filter(state=IN_HAND, lot__in=[path.stem for path in left])
        known = set(in_hand.values_list("lot", flat=True))
        for path in left:
            if path.stem not in known:
                path.unlink(missing_ok=True)


def recover(actor: Actor, mailing: Mailing) -> None:
    """Settle the lots of who was killed, as their journals say; what is in doubt is never resent."""
    in_hand = MailingTo.objects.filter(mailing=mailing, state=IN_HAND)
    for lot in list(in_hand.values_list("lot", flat=True).distinct()):
        path = journal_of(lot)
        known = told(path)
        if known is None:
            continue  # Somebody has it in hand.
        doubt = Said(UNSURE, "broken off")
        keys = in_hand.filter(lot=lot).values_list("pk", flat=True)
        said = {
            key: known.done.get(key, doubt) for key in keys if key in known.begun or not known.whole
        }
        settle_lot(actor, mailing_id=mailing.pk, lot=lot, said=said)
        path.unlink(missing_ok=True)
