"""How much mail comes from an address and about a thing: a storm is held, and answered once."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count
from django.utils import timezone

from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.mail.models import MailIn, MailTo
from kantoor.kernel.queries import scoped

WITHIN = timedelta(hours=1)
MOST_OF_ADDRESS = 20
MOST_OF_THREAD = 40
MOST_ANSWERS = 3
"""Messages of one address, messages about one thing, and automatic answers to one address."""


@dataclass
class Traffic:
    """Counts of the last hour; what is let through is counted along."""

    of_sender: Counter[str]
    of_thread: Counter[str]
    answered: Counter[str]

    def storm(self, sender: str, about: str) -> bool:
        """Whether a message is one too many of its sender or in its case."""
        if about:
            self.of_thread[about] += 1
        return self.of_sender[sender] > MOST_OF_ADDRESS or self.of_thread[about] > MOST_OF_THREAD

    def may_answer(self, address: str) -> bool:
        """Whether an address may get one more automatic answer."""
        self.answered[address] += 1
        return self.answered[address] <= MOST_ANSWERS


def traffic(actor: Actor, arrived: Sequence[MailIn]) -> Traffic:
    """The counts that matter for these messages, which are kept already."""
    since = timezone.now() - WITHIN
    senders = {row.sender for row in arrived if row.sender}
    lately = scoped(actor, MailIn).filter(received_at__gte=since)
    by_sender = lately.filter(sender__in=senders).values_list("sender").annotate(Count("pk"))
    by_thread = lately.exclude(about="").values_list("about").annotate(Count("pk"))
    sent = scoped(actor, MailTo).filter(address__in=senders, mail__automatic=True)
    answered = sent.filter(mail__created_at__gte=since).values_list("address").annotate(Count("pk"))
    return Traffic(Counter(dict(by_sender)), Counter(dict(by_thread)), Counter(dict(answered)))
