"""Add bank accounts of the company, rename and retire them."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.actions.accounts import add_account
from kantoor.departments.finance.actions.books import add_journal
from kantoor.departments.finance.actions.checking import currencies
from kantoor.departments.finance.actions.periods import lock_company
from kantoor.departments.finance.codes import journal_code, required_name
from kantoor.departments.finance.drafts_banking import BankAccountAdded, BankAccountDraft
from kantoor.departments.finance.errors import UnknownAccount, UnknownJournal
from kantoor.departments.finance.models import Account, BankAccount, Journal
from kantoor.departments.finance.reference.ibans import bic_of, compact, is_bic, is_iban, shown
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import Conflict, DomainError, InvalidInput, NotFound, Refusals
from kantoor.kernel.queries import scoped

PERMISSION = "finance.manage_books"
LONGEST_NUMBER = 40


@action(permission=PERMISSION, title=_("Add bank accounts"), bulk_of="finance.add_bank_account")
def add_bank_accounts(
    actor: Actor, /, *, accounts: Sequence[BankAccountDraft]
) -> list[BankAccountAdded]:
    """Add bank accounts of the company, all or none, each with a ledger account and journal.

    Raises InvalidInput for an IBAN, BIC, currency or code that can't be, Conflict for one that is
    taken, UnknownAccount and UnknownJournal; several at once as Refusals. `line` is the place
    among those given.
    """
    lock_company(actor.company_id)
    books = _Books(actor)
    added: list[BankAccountAdded] = []
    errors: list[DomainError] = []
    for line, draft in enumerate(accounts, 1):
        try:
            added.append(books.add(draft, line))
        except DomainError as error:
            errors.append(error)
    if errors:
        raise errors[0] if len(errors) == 1 else Refusals(errors[:20])
    return added


@action(permission=PERMISSION, title=_("Add a bank account"))
def add_bank_account(
    actor: Actor,
    /,
    *,
    name: str,
    iban: str = "",
    bic: str = "",
    currency: str = "",
    code: str = "",
    account: str = "",
    journal: str = "",
    number: str = "",
) -> BankAccountAdded:
    """Add a bank account of the company's own. Raises what `add_bank_accounts` raises."""
    draft = BankAccountDraft(
        name=name,
        iban=iban,
        number=number,
        bic=bic,
        currency=currency,
        code=code,
        account=account,
        journal=journal,
    )
    return add_bank_accounts(actor, accounts=[draft])[0]


@action(permission=PERMISSION, title=_("Rename a bank account"))
def rename_bank_account(actor: Actor, /, *, code: str, name: str) -> None:
    """Give a bank account another name. Raises NotFound, InvalidInput."""
    found = bank_account(actor, code)
    found.name = required_name(name, "name")
    found.save()


@action(permission=PERMISSION, title=_("Retire a bank account"))
def retire_bank_account(actor: Actor, /, *, code: str) -> None:
    """Take a bank account out of use: no statement of it is taken in any more. Raises NotFound."""
    found = bank_account(actor, code)
    found.active = False
    found.save()


@action(permission=PERMISSION, title=_("Use a bank account again"))
def restore_bank_account(actor: Actor, /, *, code: str) -> None:
    """Take a retired bank account into use again. Raises NotFound."""
    found = bank_account(actor, code)
    found.active = True
    found.save()


def bank_account(actor: Actor, code: str, field: str = "code") -> BankAccount:
    """The company's bank account with this code; raises NotFound."""
    found = scoped(actor, BankAccount).filter(code=code).first()
    if found is None:
        message = _("There is no bank account “{code}”.").format(code=code[:40])
        raise NotFound(message, field=field)
    return found


class _Books:
    """What is taken already while bank accounts are added one after another."""

    def __init__(self, actor: Actor) -> None:
        self.actor = actor
        self.known = list(scoped(actor, BankAccount))

    def add(self, draft: BankAccountDraft, line: int) -> BankAccountAdded:
        """Check and write one; raises with its line."""
        name = required_name(draft.name, "name", line)
        currency = (draft.currency or self.actor.currency).upper()
        if currency not in currencies():
            message = _("“{currency}” is no currency; write EUR, USD …")
            said = message.format(currency=currency[:10])
            raise InvalidInput(said, field="currency", line=line)
        iban, number, bic = _numbers(draft, line)
        for each in self.known:
            if (each.iban, each.number, each.currency) == (iban, number, currency):
                message = _("{number} is bank account “{code}” already.")
                said = message.format(number=shown(iban) or number, code=each.code)
                raise Conflict(said, field="iban", line=line)
        code = self._code(draft.code, line)
        account = self._account(draft, name, line)
        journal = self._journal(draft, code, name, line)
        made = BankAccount.objects.create(
            company_id=self.actor.company_id,
            code=code,
            name=name,
            iban=iban,
            number=number,
            bic=bic,
            currency=currency,
            account=account,
            journal=journal,
        )
        self.known.append(made)
        return BankAccountAdded(code, account.code, journal.code)

    def _code(self, code: str, line: int) -> str:
        taken = {each.code for each in self.known}
        if not code:
            return next(name for n in range(1, 10**6) if (name := f"BNK{n}") not in taken)
        journal_code(code)
        if code in taken:
            message = _("There is a bank account “{code}” already.").format(code=code)
            raise Conflict(message, field="code", line=line)
        return code

    def _account(self, draft: BankAccountDraft, name: str, line: int) -> Account:
        """The ledger account: the one named, the bank's own for the first, else a new one."""
        accounts = scoped(self.actor, Account).filter(active=True)
        used = {each.account_id for each in self.known}
        if draft.account:
            found = accounts.filter(code=draft.account, kind__in=("asset", "liability")).first()
            if found is None or found.role in ("receivables", "payables"):
                message = _("There is no ledger account “{code}” that money can be on.")
                said = message.format(code=draft.account[:40])
                raise UnknownAccount(said, field="account", line=line)
            if found.pk in used:
                message = _("Another bank account has ledger account {code}.")
                said = message.format(code=found.code)
                raise Conflict(said, field="account", line=line)
            return found
        bank = accounts.filter(role="bank").first()
        if bank is not None and bank.pk not in used:
            return bank
        code = _free_code(
            bank.code if bank else "1000",
            set(scoped(self.actor, Account).values_list("code", flat=True)),
        )
        group = bank.group if bank else "cash"
        add_account(self.actor, code=code, name_en=name, kind="asset", group=group)
        return scoped(self.actor, Account).get(code=code)

    def _journal(self, draft: BankAccountDraft, code: str, name: str, line: int) -> Journal:
        journals = scoped(self.actor, Journal).filter(kind="bank").order_by("pk")
        used = {each.journal_id for each in self.known}
        if draft.journal:
            found = journals.filter(code=draft.journal).first()
            if found is None:
                message = _("There is no bank journal “{code}”.")
                said = message.format(code=draft.journal[:40])
                raise UnknownJournal(said, field="journal", line=line)
            if found.pk in used:
                message = _("Another bank account has journal {code}.")
                said = message.format(code=found.code)
                raise Conflict(said, field="journal", line=line)
            return found
        first = journals.first()
        if first is not None and first.pk not in used:
            return first
        taken = set(scoped(self.actor, Journal).values_list("code", flat=True))
        if code in taken:
            code = next(name for n in range(2, 10**6) if (name := f"BNK{n}") not in taken)
        add_journal(self.actor, code=code, name_en=name, kind="bank")
        return scoped(self.actor, Journal).get(code=code)


def _numbers(draft: BankAccountDraft, line: int) -> tuple[str, str, str]:
    """IBAN, other number and BIC, checked."""
    iban, number, bic = compact(draft.iban), compact(draft.number), compact(draft.bic)
    if iban and not is_iban(iban):
        message = _("“{iban}” is no IBAN: its country, length or check digits are wrong.")
        raise InvalidInput(message.format(iban=draft.iban[:40]), field="iban", line=line)
    if not iban and not number:
        raise InvalidInput(_("Give the IBAN of the account."), field="iban", line=line)
    if len(number) > LONGEST_NUMBER:
        longest = _("This is longer than {most} characters.").format(most=LONGEST_NUMBER)
        raise InvalidInput(longest, field="number", line=line)
    if bic and not is_bic(bic):
        no_bic = _("“{bic}” is no BIC.").format(bic=draft.bic[:20])
        raise InvalidInput(no_bic, field="bic", line=line)
    return iban, "" if iban else number, bic or (bic_of(iban) if iban else "")


def _free_code(after: str, taken: set[str]) -> str:
    """The next free code of digits behind another."""
    if not after.isdigit():
        return next(code for n in range(2, 10**6) if (code := f"{after[:14]}{n}") not in taken)
    width, start = len(after), int(after) + 1
    return next(
        code for n in range(start, start + 10**6) if (code := str(n).zfill(width)) not in taken
    )
