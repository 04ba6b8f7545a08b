"""Say which party is which company, charge affiliates, and deal with what they booked."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.actions.entries import post_entries
from kantoor.departments.finance.actions.groups.mirroring import PERMISSION, book, mirror
from kantoor.departments.finance.actions.periods import Calendar
from kantoor.departments.finance.drafts import EntryDraft, LineDraft, Posted
from kantoor.departments.finance.drafts_groups import Charge, MirrorBooked
from kantoor.departments.finance.errors import UnknownAccount, UnknownParty
from kantoor.departments.finance.models import Account, Affiliate, Mirror
from kantoor.departments.finance.models.groups import REFUSED, WAITING
from kantoor.departments.finance.queries.currency.conversion import Rates
from kantoor.departments.finance.queries.entry_numbers import entry_keys, entry_numbers
from kantoor.departments.finance.queries.groups.seeing import company_named
from kantoor.departments.finance.queries.roles import account_with_role, accounts_by_role
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import Conflict, InvalidInput
from kantoor.kernel.parties.models import Party
from kantoor.kernel.queries import one, scoped
from kantoor.kernel.store.raw import on_postgres, run

RELATE = "finance.relate_company"
LONGEST_WHY = 200


@action(permission=RELATE, title=_("Say that a party is a company here"))
def relate_company(
    actor: Actor, /, *, party: str, company: str, account: str, at_once: bool = False
) -> str:
    """Say that a party (by code) is another company of this installation (by name).

    What it books with us then comes in to be accepted, or with `at_once` is booked to `account`
    by itself; once it says the same of us. Said again it changes account and `at_once`. Raises
    NotFound for a company that one has no such right in, UnknownParty, UnknownAccount, Conflict.
    """
    other, _there = company_named(actor, company, RELATE, "company")
    if other.pk == actor.company_id:
        raise InvalidInput(_("A company is no party of itself."), field="company")
    found = scoped(actor, Party).filter(code=party).first()
    if found is None:
        raise UnknownParty(_("There is no party “{code}”.").format(code=party[:40]), field="party")
    kept = scoped(actor, Affiliate).filter(other=other).first()
    if kept is not None and kept.party_id != found.pk:
        message = _("{company} is another party already.").format(company=other.name)
        raise Conflict(message, field="party")
    target = _account(actor, account)
    if kept is not None:
        kept.account, kept.at_once = target, at_once
        kept.save()
        return other.name
    if Affiliate.objects.filter(party=found).exists():
        raise Conflict(_("This party is another company already."), field="party")
    Affiliate.objects.create(
        company_id=actor.company_id, party=found, other=other, account=target, at_once=at_once
    )
    return other.name


@action(permission="finance.charge_affiliate", title=_("Charge affiliates"))
def charge_affiliates(actor: Actor, /, *, charges: Sequence[Charge]) -> Posted:
    """Charge amounts to affiliates: an entry here for each, and its mirror in their books.

    Raises UnknownParty for who is no affiliate, and what `post_entries` raises.
    """
    roles = accounts_by_role(actor.company_id)
    control = Account.objects.get(pk=account_with_role(roles, "receivables")).code
    known = set(scoped(actor, Affiliate).values_list("party__code", flat=True))
    entries = []
    for place, each in enumerate(charges, 1):
        if each.party not in known:
            message = _("“{code}” is no affiliated company.").format(code=each.party[:40])
            raise UnknownParty(message, field="party", line=place)
        entries.append(_charged(actor, each, control, place))
    posted = post_entries(actor, entries=entries)
    mirror(actor, _keys(actor, posted))
    return posted


def _charged(actor: Actor, charge: Charge, control: str, place: int) -> EntryDraft:
    foreign = charge.currency not in ("", actor.currency)
    lines = []
    for account, amount, party in (
        (control, charge.amount, charge.party),
        (charge.account, -charge.amount, ""),
    ):
        lines.append(
            LineDraft(
                account=account,
                amount=0 if foreign else amount,
                currency=charge.currency,
                currency_amount=amount if foreign else None,
                party=party,
                line=place,
            )
        )
    return EntryDraft(date=charge.date, lines=lines, text=charge.text)


def _keys(actor: Actor, posted: Posted) -> list[int]:
    ends = entry_keys(actor.company_id, [posted.first, posted.last])
    return list(range(ends[posted.first], ends[posted.last] + 1))


@action(permission=PERMISSION, title=_("Accept what an affiliate booked"))
def accept_mirror(actor: Actor, /, *, mirror: int, account: str = "") -> MirrorBooked:
    """Book a document of an affiliate, for its amount and on its day, to an account.

    To the account that was agreed on when none is said. Raises NotFound, Conflict for one that
    was dealt with, ClosedPeriod, MissingRate, UnknownAccount.
    """
    found = _waiting(actor, mirror)
    target = _account(actor, account).pk if account else found.affiliate.account_id
    calendar = Calendar(actor)
    on = found.date.isoformat()
    calendar.place(on)
    book(actor, [found], target, calendar, Rates(actor, [(found.currency, on)]))
    assert found.entry_id
    return MirrorBooked(found.pk, found.state, entry_numbers([found.entry_id])[found.entry_id])


@action(permission=PERMISSION, title=_("Refuse what an affiliate booked"))
def refuse_mirror(actor: Actor, /, *, mirror: int, why: str) -> MirrorBooked:
    """Refuse a document of an affiliate, with the reason. Raises what `accept_mirror` raises."""
    if not why.strip():
        raise InvalidInput(_("Say why."), field="why")
    found = _waiting(actor, mirror)
    found.state, found.why = REFUSED, why.strip()[:LONGEST_WHY]
    found.save()
    return MirrorBooked(found.pk, found.state, "")


def _waiting(actor: Actor, key: int) -> Mirror:
    if on_postgres():
        run("SELECT id FROM finance_mirror WHERE id = %s FOR UPDATE", [key])
    found = one(actor, Mirror, pk=key)
    if found.state != WAITING:
        raise Conflict(_("This was dealt with already."), field="mirror")
    return found


def _account(actor: Actor, code: str) -> Account:
    found = scoped(actor, Account).filter(code=code, active=True).first()
    if found is None:
        message = _("There is no account “{code}” in use.").format(code=code[:20])
        raise UnknownAccount(message, field="account")
    return found
