"""Decide on mail that is held: make it a case, put it with one, or leave it."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from kantoor.departments.ict.actions.cases.finding import cases_by_number
from kantoor.departments.ict.actions.cases.opening import HANDLE
from kantoor.departments.ict.actions.mail.arriving import PURPOSE
from kantoor.departments.ict.actions.mail.attaching import Attaching
from kantoor.departments.ict.errors import WrongState
from kantoor.departments.ict.models.cases.case import CLOSED
from kantoor.departments.ict.queries.mail.threads import CASE, TOKEN, Placed, taking_part
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.mail.deciding import decide, hold, undecided
from kantoor.kernel.mail.models import DONE, IGNORED, MailIn
from kantoor.kernel.mail.reading.kinds import may_be_answered, sort_of
from kantoor.kernel.mail.reading.message import Message


@action(permission=HANDLE, title=_("Open cases of held mail"), bulk_of="ict.open_case_of_mail")
def open_cases_of_mail(actor: Actor, /, *, mails: Sequence[int]) -> int:
    """Open a case for each of these held messages; gives how many. Raises WrongState."""
    rows = _undecided(actor, mails)
    attaching = Attaching(actor)
    for row, message in rows:
        attaching.open(row, message, answer=may_be_answered(message, sort_of(message)))
    attaching.finish()
    return _decided(rows)


@action(permission=HANDLE, title=_("Open a case of held mail"))
def open_case_of_mail(actor: Actor, /, *, mail: int) -> int:
    """Open a case for one."""
    return open_cases_of_mail(actor, mails=[mail])


@action(permission=HANDLE, title=_("Put held mail with a case"), bulk_of="ict.attach_mail")
def attach_mails(actor: Actor, /, *, mails: Sequence[int], case: str) -> int:
    """Put held messages with a case; who wrote them takes part from now on.

    What no person wrote is attached without moving the case. Raises WrongState, UnknownCase.
    """
    rows = _undecided(actor, mails)
    found = cases_by_number(actor, [case], field="case")[0]
    if found.state == CLOSED:
        message = _("{number} is closed; open it again, or open a new case.")
        raise WrongState(message.format(number=found), field="case")
    part, attaching = taking_part([found])[found.pk], Attaching(actor)
    for row, each in rows:
        sort = sort_of(each)
        if sort.personal and row.sender:
            joined = row.sender not in part
            attaching.reply(row, each, Placed(found, TOKEN), joined=joined)
            part.add(row.sender)
        else:
            attaching.note(row, each, found, sort)
        row.state, row.about = DONE, f"{CASE}{found.pk}"
    attaching.finish()
    return _decided(rows)


@action(permission=HANDLE, title=_("Put a held mail with a case"))
def attach_mail(actor: Actor, /, *, mail: int, case: str) -> int:
    """Put one with a case."""
    return attach_mails(actor, mails=[mail], case=case)


@action(permission=HANDLE, title=_("Leave held mail"), bulk_of="ict.ignore_mail")
def ignore_mails(actor: Actor, /, *, mails: Sequence[int]) -> int:
    """Do nothing with these held messages; they stay to be read. Raises WrongState."""
    rows = _undecided(actor, mails)
    for row, _message in rows:
        row.state = IGNORED
    return _decided(rows)


@action(permission=HANDLE, title=_("Leave a held mail"))
def ignore_mail(actor: Actor, /, *, mail: int) -> int:
    """Do nothing with one."""
    return ignore_mails(actor, mails=[mail])


@action(permission=HANDLE, title=_("Hold mail"), hidden=True)
def hold_mail(actor: Actor, /, *, mail_ids: Sequence[int]) -> None:
    """Hold messages that could not be placed, so that a person looks at them."""
    hold(actor, PURPOSE, mail_ids)


def _undecided(actor: Actor, keys: Sequence[int]) -> list[tuple[MailIn, Message]]:
    return undecided(actor, PURPOSE, keys, refuse=WrongState)


def _decided(rows: Sequence[tuple[MailIn, Message]]) -> int:
    return decide([row for row, _message in rows])
