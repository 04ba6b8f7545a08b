"""Rules for lines of bank statements: added, changed, taken out of use and dropped by people."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.actions.banking.accounts import bank_account
from kantoor.departments.finance.actions.periods import lock_company
from kantoor.departments.finance.codes import required_name
from kantoor.departments.finance.drafts_banking import BankRuleDraft
from kantoor.departments.finance.errors import UnknownAccount, UnknownParty
from kantoor.departments.finance.models import Account, BankRule
from kantoor.departments.finance.reference.ibans import compact, is_iban
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import DomainError, InvalidInput, NotFound, Refusals
from kantoor.kernel.money import LARGEST
from kantoor.kernel.parties.models import Party
from kantoor.kernel.queries import scoped

PERMISSION = "finance.reconcile"
SHORTEST = 3
"""A word of fewer letters fits nearly every line."""


@action(
    permission=PERMISSION, title=_("Keep rules for bank lines"), bulk_of="finance.keep_bank_rule"
)
def keep_bank_rules(actor: Actor, /, *, rules: Sequence[BankRuleDraft]) -> int:
    """Add rules, or change those of the same name; all or none, gives how many.

    Raises InvalidInput for one that fits everything or says nowhere, UnknownAccount,
    UnknownParty, NotFound; the line is the place of the rule, several at once as Refusals.
    """
    lock_company(actor.company_id)
    errors: list[DomainError] = []
    made: list[BankRule] = []
    for line, draft in enumerate(rules, 1):
        try:
            made.append(_made(actor, draft, line))
        except DomainError as error:
            errors.append(error)
    if errors:
        raise errors[0] if len(errors) == 1 else Refusals(errors[:20])
    for rule in made:
        rule.save()
    return len(made)


@action(permission=PERMISSION, title=_("Keep a rule for bank lines"))
def keep_bank_rule(
    actor: Actor,
    /,
    *,
    name: str,
    contains: str = "",
    counterparty: str = "",
    bank_account: str = "",
    least: int | None = None,
    most: int | None = None,
    account: str = "",
    party: str = "",
    tax: str = "",
    text: str = "",
    automatic: bool = False,
    place: int = 100,
) -> int:
    """Add a rule, or change the one of that name. Raises what `keep_bank_rules` raises."""
    draft = BankRuleDraft(
        name=name,
        contains=contains,
        counterparty=counterparty,
        bank_account=bank_account,
        least=least,
        most=most,
        account=account,
        party=party,
        tax=tax,
        text=text,
        automatic=automatic,
        place=place,
    )
    return keep_bank_rules(actor, rules=[draft])


@action(permission=PERMISSION, title=_("Drop a rule for bank lines"))
def drop_bank_rule(actor: Actor, /, *, name: str) -> None:
    """Take a rule away; what it booked stays. Raises NotFound."""
    _rule(actor, name).delete()


@action(permission=PERMISSION, title=_("Use or rest a rule for bank lines"))
def rest_bank_rule(actor: Actor, /, *, name: str, active: bool) -> None:
    """Take a rule out of use, or use it again. Raises NotFound."""
    found = _rule(actor, name)
    found.active = active
    found.save()


def _rule(actor: Actor, name: str) -> BankRule:
    found = scoped(actor, BankRule).filter(name=name).first()
    if found is None:
        raise NotFound(_("There is no rule “{name}”.").format(name=name[:40]), field="name")
    return found


def _made(actor: Actor, draft: BankRuleDraft, line: int) -> BankRule:
    name = required_name(draft.name, "name", line)
    iban = compact(draft.counterparty)
    if iban and not is_iban(iban):
        no_iban = _("“{iban}” is no IBAN: its country, length or check digits are wrong.")
        said = no_iban.format(iban=draft.counterparty[:40])
        raise InvalidInput(said, field="counterparty", line=line)
    words = draft.contains.strip()
    if words and len(words) < SHORTEST:
        message = _("Give at least {count} letters.").format(count=SHORTEST)
        raise InvalidInput(message, field="contains", line=line)
    if not (words or iban):
        nothing = _("Say what a line contains, or whose IBAN it has.")
        raise InvalidInput(nothing, field="contains", line=line)
    bounds = [each for each in (draft.least, draft.most) if each is not None]
    if any(abs(each) > LARGEST for each in bounds) or sorted(bounds) != bounds:
        reach = _("The least amount is not above the most.")
        raise InvalidInput(reach, field="least", line=line)
    bank = bank_account(actor, draft.bank_account, "bank_account") if draft.bank_account else None
    account, party = _account(actor, draft, line), _party(actor, draft, line)
    if account is None and party is None:
        aim = _("Say which account or party such a line belongs to.")
        raise InvalidInput(aim, field="account", line=line)
    rule = scoped(actor, BankRule).filter(name=name).first()
    rule = rule or BankRule(company_id=actor.company_id, name=name)
    rule.place, rule.bank_account, rule.contains, rule.counterparty = (
        draft.place, bank, words, iban,
    )  # fmt: skip
    rule.least, rule.most, rule.account, rule.party = draft.least, draft.most, account, party
    rule.tax, rule.text, rule.automatic = draft.tax, draft.text.strip(), draft.automatic
    rule.active = True
    return rule


def _account(actor: Actor, draft: BankRuleDraft, line: int) -> Account | None:
    if not draft.account:
        return None
    found = scoped(actor, Account).filter(code=draft.account, active=True).first()
    if found is None or (found.role in ("receivables", "payables") and not draft.party):
        message = _("There is no account “{code}” in use.").format(code=draft.account[:40])
        raise UnknownAccount(message, field="account", line=line)
    return found


def _party(actor: Actor, draft: BankRuleDraft, line: int) -> Party | None:
    if not draft.party:
        return None
    found = scoped(actor, Party).filter(code=draft.party).first()
    if found is None:
        message = _("There is no party “{code}”.").format(code=draft.party[:40])
        raise UnknownParty(message, field="party", line=line)
    return found
