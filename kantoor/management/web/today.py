"""What management says on Today and on its desk: alerts that are raised, and figures of one's role."""

from collections.abc import Sequence
from datetime import datetime

from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.pages.today import Card, today_card
from kantoor.kernel.pages.told import tells
from kantoor.kernel.ui.cells import Status
from kantoor.kernel.ui.today_page import Happened, Waiting
from kantoor.management.queries.alerts import my_alerts, my_notice_count, my_notices
from kantoor.management.queries.figures import READ
from kantoor.management.web import words
from kantoor.management.web.alerts import rule_words


@today_card("management", permission=READ, order=15)
def raised(actor: Actor) -> Card:
    """Alerts that name one and are raised."""
    word, tone = words.ALERT_STATES["raised"]
    return Card(
        waiting=[
            Waiting(
                f"{row.title} {rule_words(row)}",
                words.alert_url(row.id),
                row.shown,
                status=Status("raised", str(word), tone),
            )
            for row in my_alerts(actor)
        ]
    )


@tells(READ, counted=my_notice_count)
def of_alerts(actor: Actor, since: datetime) -> Sequence[Happened]:
    """Each alert that names one, when it was raised and when it went back."""
    return [
        Happened(
            f"{row.title}: {words.ALERT_STATES[row.kind][0]}", words.alert_url(row.alert), "Kantoor",
            row.at, row.shown,
        )
        for row in my_notices(actor, since=since)
    ]  # fmt: skip
