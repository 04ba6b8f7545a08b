"""The mail of a case, for its page: what came in, what went out, and who takes part."""

from django.utils.translation import gettext

from kantoor.departments.ict.queries.mail.of_case import MailOfCase, mail_of_case
from kantoor.departments.ict.queries.mail.staff import answer_address
from kantoor.departments.ict.web.mail import words
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.pages.acts import act_for
from kantoor.kernel.pages.mailboxes import SENT_STATES, status_of
from kantoor.kernel.ui.cells import Link
from kantoor.kernel.ui.record_page import Related, Relation


def mail_relations(actor: Actor, case_id: int, number: str, back: str) -> list[Relation]:
    """Mail and the people in it; nothing for a case without."""
    shown = mail_of_case(actor, case_id=case_id)
    add = act_for(
        actor, "ict.add_participant", {"case": number}, label=gettext("Add somebody"),
        icon="user-plus", back=back,
    )  # fmt: skip
    found = []
    if shown.mails:
        found.append(Relation(gettext("Mail"), [_mail(each) for each in shown.mails]))
    if shown.participants or shown.mails:
        people = [
            Related(
                Link(each.address, act.url if act else ""), each.name, None
            )
            for each in shown.participants
            for act in [
                act_for(
                    actor, "ict.drop_participant", {"case": number, "address": each.address},
                    back=back,
                )
            ]
        ]  # fmt: skip
        found.append(Relation(gettext("Take part by mail"), people, add=add))
    if act_for(actor, "ict.add_note", {"note.case": number}) and (
        address := answer_address(actor, case_id=case_id)
    ):
        own = Related(
            Link(address, f"mailto:{address}"), gettext("Only yours; it is not passed on."), None
        )
        found.append(Relation(gettext("Answer from your own mail program"), [own]))
    return found


def _mail(each: MailOfCase) -> Related:
    url = words.received_url(each.id) if each.came else words.sent_url(each.id)
    states = words.STATES if each.came else SENT_STATES
    return Related(Link(each.subject, url), each.who, status_of(states, each.state))
