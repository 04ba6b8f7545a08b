"""The mail of one case in both directions, and who takes part in it."""

from datetime import datetime

import msgspec
from django.utils.translation import gettext_lazy as _

from kantoor.departments.ict.models.mail.participants import Participant
from kantoor.departments.ict.queries.mail.came import READ
from kantoor.departments.ict.queries.mail.threads import CASE
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.mail.models import MailIn, MailTo
from kantoor.kernel.queries import query, scoped

MOST = 50


class MailOfCase(msgspec.Struct, frozen=True):
    """A message of a case: one that came, or ours for one address."""

    id: int
    came: bool
    at: datetime
    subject: str
    who: str
    state: str


class TakesPart(msgspec.Struct, frozen=True):
    """Somebody who gets the answers of a case."""

    name: str
    address: str


class CaseMail(msgspec.Struct, frozen=True):
    """The latest mail of a case, and who takes part by mail."""

    mails: list[MailOfCase]
    participants: list[TakesPart]


@query(permission=READ, title=_("Mail of a case"), exposed=True)
def mail_of_case(actor: Actor, /, *, case_id: int) -> CaseMail:
    """What came in and went out about a case, the latest first."""
    about = f"{CASE}{case_id}"
    came = scoped(actor, MailIn).filter(about=about).order_by("-id")[:MOST]
    sent = scoped(actor, MailTo).filter(mail__about=about).select_related("mail")
    found = [
        MailOfCase(row.pk, True, row.received_at, row.subject, row.sender, row.state)
        for row in came
    ]
    found += [
        MailOfCase(
            row.mail_id, False, row.mail.created_at, row.mail.subject, row.address, row.state
        )
        for row in sent.defer("mail__body").order_by("-id")[:MOST]
    ]
    people = Participant.objects.filter(case=case_id, case__company=actor.company_id)
    part = people.exclude(address="").order_by("pk").values_list("name", "address")
    found.sort(key=lambda each: each.at, reverse=True)
    return CaseMail(found[:MOST], [TakesPart(*each) for each in part])
