"""Set mailing lists, and take addresses off them."""

from collections.abc import Sequence

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.departments.communication.actions.audiences.wording import (
    checked_code,
    checked_name,
    refuse_unknown_purposes,
)
from kantoor.departments.communication.department import MANAGE_AUDIENCES
from kantoor.departments.communication.drafts_audiences import ListDraft
from kantoor.departments.communication.errors import UnknownAudience
from kantoor.departments.communication.models import ListMember, MailingList
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actions.unit import concerns
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.addresses import as_compared
from kantoor.kernel.errors import InvalidInput
from kantoor.kernel.queries import scoped


@action(permission=MANAGE_AUDIENCES, title=_("Set a mailing list"))
def set_list(actor: Actor, /, *, mailing_list: ListDraft) -> str:
    """Set a mailing list, new or said anew; gives the code.

    An open one needs a purpose: whoever puts themselves on it has to know what they agree to.
    Raises InvalidInput, UnknownAudience.
    """
    code = checked_code(mailing_list.code)
    if mailing_list.open and not mailing_list.purpose:
        message = _("Say for which purpose people put themselves on it.")
        raise InvalidInput(message, field="purpose")
    refuse_unknown_purposes(actor, [mailing_list.purpose])
    row = scoped(actor, MailingList).filter(code=code).first()
    row = row or MailingList(company_id=actor.company_id, code=code)
    row.name, row.purpose = checked_name(mailing_list.name), mailing_list.purpose
    row.open, row.active, row.changed_at = mailing_list.open, True, timezone.now()
    row.save()
    concerns(f"communication.list/{row.pk}")
    return code


@action(permission=MANAGE_AUDIENCES, title=_("Put mailing lists away"))
def put_away_lists(actor: Actor, /, *, codes: Sequence[str]) -> None:
    """No longer offer these lists, nor let anybody put themselves on them. Raises UnknownAudience."""
    rows = scoped(actor, MailingList).filter(code__in=set(codes))
    known = set(rows.values_list("code", flat=True))
    for place, code in enumerate(codes, 1):
        if code not in known:
            message = _("There is no mailing list “{code}”.").format(code=code[:40])
            raise UnknownAudience(message, field="codes", line=place)
    rows.update(active=False, open=False, changed_at=timezone.now())


@action(permission=MANAGE_AUDIENCES, title=_("Take addresses off a mailing list"))
def take_off_list(actor: Actor, /, *, mailing_list: str, addresses: Sequence[str]) -> int:
    """Take addresses off a list; gives how many were on it. Raises UnknownAudience.

    What their owners agreed to stays as it is: this is no unsubscribing (`stop_mail`).
    """
    row = list_named(actor, mailing_list)
    plain = {as_compared(each) for each in addresses}
    found = ListMember.objects.filter(mailing_list=row, subscriber__address__in=plain)
    concerns(f"communication.list/{row.pk}")
    return found.delete()[0]


def list_named(actor: Actor, code: str, *, field: str = "mailing_list") -> MailingList:
    """The mailing list of that code that is in use. Raises UnknownAudience."""
    row = scoped(actor, MailingList).filter(code=code.strip(), active=True).first()
    if row is None:
        message = _("There is no mailing list “{code}”.").format(code=code[:40])
        raise UnknownAudience(message, field=field)
    return row
