"""What became of one's requests, on the page of notices."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.pages.told import tells
from kantoor.kernel.ui.today_page import Happened
from kantoor.procedures.department import TAKE_PART
from kantoor.procedures.queries.requests import requests_ended_count, requests_ended_since
from kantoor.procedures.web.service import words


@tells(TAKE_PART, counted=requests_ended_count)
def of_requests(actor: Actor, since: datetime) -> Sequence[Happened]:
    """One's own requests that others did or refused."""
    return [
        Happened(
            (_("Done: %(what)s") if row.state == "done" else _("Refused: %(what)s"))
            % {"what": row.title},
            words.request_url(row.number),
            row.ended_by,
            row.ended_at or row.asked_at,
            row.answer,
        )
        for row in requests_ended_since(actor, since=since)
    ]
