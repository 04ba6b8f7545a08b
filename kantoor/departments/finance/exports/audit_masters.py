"""What an audit file says of the company itself: who it is, its bank accounts, its dimensions."""

from typing import NamedTuple

from kantoor.departments.finance.formats.audit.values import BankAccount, Company, Value
from kantoor.departments.finance.queries.accounts import name_column
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.actors.models import Company as CompanyRow
from kantoor.kernel.store.lookup import fetch


class OwnBank(NamedTuple):
    """A bank account of the company with the key of its journal."""

    journal: int
    account: BankAccount


def company_of(actor: Actor) -> Company:
    """The company, and the actor as the one to ask about the file."""
    company = CompanyRow.objects.get(pk=actor.company_id)
    return Company(
        company.name,
        company.country,
        company.registration,
        company.vat_number,
        company.street,
        company.postcode,
        company.city,
        company.phone,
        company.email,
        actor.name,
        [each.account for each in own_banks(actor)],
    )


def own_banks(actor: Actor) -> list[OwnBank]:
    """The company's bank accounts in order of code, retired ones too: their lines are there."""
    rows = fetch(
        "SELECT bank.journal_id, bank.iban, bank.number, bank.bic, bank.currency, account.code"
        " FROM finance_bank_account bank JOIN finance_account account"
        " ON account.id = bank.account_id WHERE bank.company_id = %s ORDER BY bank.code",
        [actor.company_id],
    )
    return [
        OwnBank(journal, BankAccount(iban or number, bic, currency, account, bool(iban)))
        for journal, iban, number, bic, currency, account in rows
    ]


def dimension_values(actor: Actor) -> list[Value]:
    """Every value of every dimension."""
    rows = fetch(
        f"SELECT dim.code, dim.{name_column(actor)}, value.code, value.name, value.active"  # noqa: S608
        " FROM finance_dimension dim JOIN finance_dimension_value value"
        " ON value.dimension_id = dim.id WHERE dim.company_id = %s ORDER BY dim.code, value.code",
        [actor.company_id],
    )
    return [
        Value(code, name, value, value_name, bool(active))
        for code, name, value, value_name, active in rows
    ]
