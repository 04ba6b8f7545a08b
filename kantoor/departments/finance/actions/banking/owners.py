"""Find whose a statement is: the bank account that its file names, or the one that was meant."""

from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.actions.banking.accounts import add_bank_account
from kantoor.departments.finance.errors import BadStatement
from kantoor.departments.finance.formats.bank.model import BankStatement
from kantoor.departments.finance.models import BankAccount
from kantoor.departments.finance.reference.ibans import compact, is_iban, same_account, shown
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.queries import scoped


class Owners:
    """The company's bank accounts, looked up once for all files."""

    def __init__(self, actor: Actor, open_accounts: bool) -> None:
        self.actor = actor
        self.open_accounts = open_accounts
        self.known = list(scoped(actor, BankAccount).order_by("pk"))

    def of(self, statement: BankStatement, wanted: str) -> tuple[BankAccount, bool]:
        """The account of a statement, and whether it was added for it.

        `wanted` is the code of the one it has to be. Raises BadStatement.
        """
        if wanted:
            return self._meant(statement, wanted), False
        same = [
            each for each in self.known if same_account(statement.account, each.iban, each.number)
        ]
        found = next((each for each in same if each.currency == statement.currency), None)
        if found is not None:
            return self._in_use(found), False
        if self.open_accounts and statement.account.strip():
            return self._opened(statement), True
        if same:
            raise self._currency(same[0], statement)
        number = shown(compact(statement.account)) or "?"
        message = _("{number} is no bank account of this company; add it first.")
        raise BadStatement("bank.unknown_account", message.format(number=number[:60]))

    def _meant(self, statement: BankStatement, code: str) -> BankAccount:
        found = next((each for each in self.known if each.code == code), None)
        if found is None:
            message = _("There is no bank account “{code}”.").format(code=code[:40])
            raise BadStatement("bank.unknown_account", message, field="account")
        if statement.account and not same_account(statement.account, found.iban, found.number):
            words = _("This is a statement of {number}, not of bank account {code}.")
            said = words.format(number=shown(compact(statement.account))[:60], code=code)
            raise BadStatement("bank.other_account", said, field="account")
        if found.currency != statement.currency:
            raise self._currency(found, statement)
        return self._in_use(found)

    def _currency(self, found: BankAccount, statement: BankStatement) -> BadStatement:
        message = _("The statement is in {one}, bank account {code} in {other}.")
        said = message.format(one=statement.currency, code=found.code, other=found.currency)
        return BadStatement("bank.currency", said)

    def _in_use(self, found: BankAccount) -> BankAccount:
        if not found.active:
            message = _("Bank account {code} is out of use.").format(code=found.code)
            raise BadStatement("bank.retired", message)
        return found

    def _opened(self, statement: BankStatement) -> BankAccount:
        bare = compact(statement.account)
        iban = bare if is_iban(bare) else ""
        added = add_bank_account(
            self.actor,
            name=f"{statement.owner[:60] or 'Bank'} {bare}"[:100],
            iban=iban,
            number="" if iban else bare[:40],
            currency=statement.currency,
        )
        made = scoped(self.actor, BankAccount).get(code=added.code)
        self.known.append(made)
        return made
