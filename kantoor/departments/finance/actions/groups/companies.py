"""Keep groups of companies: their members, what is owned of each, and what it was worth when acquired."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.actions.checking import known_currency
from kantoor.departments.finance.codes import required_name, year_code
from kantoor.departments.finance.drafts_groups import MemberDraft
from kantoor.departments.finance.errors import UnknownAccount
from kantoor.departments.finance.exact import in_millionths
from kantoor.departments.finance.models import Account, CompanyGroup, GroupMember
from kantoor.departments.finance.queries.groups.seeing import company_named
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import InvalidInput
from kantoor.kernel.money import LARGEST, MICRO
from kantoor.kernel.queries import scoped

READ = "finance.read_ledger"
MOST_MEMBERS = 100
BEGINNING = date(1900, 1, 1)


@action(permission="finance.manage_groups", title=_("Keep a group of companies"))
def keep_group(
    actor: Actor, /, *, code: str, name: str, members: Sequence[MemberDraft], currency: str = ""
) -> str:
    """Make a group with this company at its head, or say anew who belongs to it.

    The head is a member without being named. `currency` is what it is reported in, the company's
    own when empty. Raises NotFound for a company whose ledger one may not see, InvalidInput for a
    percentage or a member that can't be, UnknownAccount.
    """
    year_code(code)
    known_currency(currency or actor.currency)
    if len(members) > MOST_MEMBERS:
        most = _("A group has up to {most} companies.").format(most=MOST_MEMBERS)
        raise InvalidInput(most, field="members")
    rows = [_member(actor, place, each) for place, each in enumerate(members, 1)]
    companies = [each.member_id for each in rows]
    if len(set(companies)) < len(companies) or actor.company_id in companies:
        message = _("Name each company once, and not the head itself.")
        raise InvalidInput(message, field="members")
    group = scoped(actor, CompanyGroup).filter(code=code).first() or CompanyGroup(
        company_id=actor.company_id, code=code
    )
    group.name, group.currency = required_name(name, "name"), currency or actor.currency
    group.save()
    GroupMember.objects.filter(group=group).delete()
    for each in rows:
        each.group = group
    GroupMember.objects.bulk_create(rows)
    return code


def _member(actor: Actor, place: int, draft: MemberDraft) -> GroupMember:
    company, _there = company_named(actor, draft.company, READ, "members")
    percent = in_millionths(draft.percent)
    if percent is None or not 0 < percent <= 100 * MICRO:
        message = _("What is owned is above nought and up to a hundred per cent.")
        raise InvalidInput(message, field="percent", line=place)
    if not -LARGEST <= draft.equity <= LARGEST:
        raise InvalidInput(_("The amount is beyond 64 bits."), field="equity", line=place)
    account = None
    if draft.participation:
        account = scoped(actor, Account).filter(code=draft.participation).first()
        if account is None:
            message = _("There is no account “{code}” in use.")
            said = message.format(code=draft.participation[:20])
            raise UnknownAccount(said, field="participation", line=place)
    return GroupMember(
        member=company,
        percent=Decimal(percent).scaleb(-6),  # type: ignore[misc]  # its stubs know no Decimal
        acquired_on=draft.acquired_on or BEGINNING,
        equity=draft.equity,
        participation=account,
    )
