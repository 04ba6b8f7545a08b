"""The ledger of a member of a group, as the group's head looks into it: where its figures lead."""

from datetime import date
from decimal import Decimal

import msgspec
from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.models import CompanyGroup
from kantoor.departments.finance.queries.entries import entry as entry_card
from kantoor.departments.finance.queries.general_ledger import GeneralLedger, general_ledger
from kantoor.departments.finance.queries.groups.consolidation import READ
from kantoor.departments.finance.queries.groups.seeing import company_named
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import NotFound
from kantoor.kernel.paging import PAGE, Page
from kantoor.kernel.queries import one, query


class MemberLine(msgspec.Struct, frozen=True, kw_only=True):
    """A line in the ledger of a member, in minor units of its own currency.

    `balance` is the account's after it, debit positive; of an entry looked at alone there is none.
    """

    group: str
    company: str
    account: str
    account_name: str
    date: date
    entry: str
    text: str
    party_name: str
    debit: int
    credit: int
    balance: int | None
    currency: str


@query(permission=READ, title=_("Ledger of a member"), exposed=True)
def member_lines(
    actor: Actor,
    /,
    *,
    group: str = "",
    company: str = "",
    account: str = "",
    part: str = "",
    entry: str = "",
    start: date | None = None,
    end: date | None = None,
    closing: bool = True,
    cursor: str = "",
    limit: int = PAGE,
) -> Page[MemberLine]:
    """Lines of a member of one of this company's groups, or of its head.

    Of an `account` or a `part` of the statements, as `general_ledger` lists them, or the lines of
    one `entry`. Raises NotFound for a group or company that is not there for the actor.
    """
    if not group or not company:
        return Page(rows=[])
    there = _member(actor, group, company)
    if entry:
        card = entry_card(there, number=entry)
        return Page(
            rows=[
                MemberLine(
                    group=group, company=company, account=line.account,
                    account_name=line.account_name, date=card.entry.date, entry=card.entry.number,
                    text=line.text or card.entry.text, party_name=line.party_name,
                    debit=line.debit, credit=line.credit, balance=None, currency=card.currency,
                )
                for line in card.lines
            ]
        )  # fmt: skip
    found = general_ledger(
        there, account=account, group=part, start=start, end=end, closing=closing,
        cursor=cursor, limit=limit,
    )  # fmt: skip
    sums: dict[str, int | Decimal] = {
        "debit": found.debit,
        "credit": found.credit,
        "balance": found.closing,
    }
    return Page(
        rows=_rows(group, company, found),
        next_cursor=found.next_cursor,
        # In the company's own currency; a sum without one would be read in the reader's.
        sums={} if cursor or there.currency != actor.currency else sums,
    )


def _member(actor: Actor, group: str, company: str) -> Actor:
    """The actor in a member; the same NotFound for one that is none and one they may not see."""
    found = one(actor, CompanyGroup, code=group)
    other, there = company_named(actor, company, READ, "company")
    if other.pk != found.company_id and not found.members.filter(member=other).exists():
        message = _("“{company}” does not belong to this group.").format(company=company[:60])
        raise NotFound(message, field="company")
    return there


def _rows(group: str, company: str, found: GeneralLedger) -> list[MemberLine]:
    names = {each.code: each.name for each in found.accounts}
    return [
        MemberLine(
            group=group,
            company=company,
            account=line.account,
            account_name=names[line.account],
            date=line.date,
            entry=line.entry,
            text=line.text or line.entry_text,
            party_name=line.party_name,
            debit=line.debit,
            credit=line.credit,
            balance=line.balance,
            currency=found.currency,
        )
        for line in found.rows
    ]
