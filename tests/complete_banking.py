"""Bank accounts, statements and rules of the company that has rows in every table."""

from kantoor.departments.finance.actions.banking.accounts import add_bank_account
from kantoor.departments.finance.actions.banking.statements import import_statement
from kantoor.departments.finance.models import Account, BankRule
from kantoor.kernel.actors.actor import Actor

IBANS = ("NL91ABNA0417164300", "NL20INGB0001234567")
PAPER = """:20:TEST
:25:{iban}
:28C:{day}
:60F:C1101{day:02}EUR{opening},00
:61:1101{day:02}C2,00NTRFNONREF//A{day}
:86:/TRTP/SEPA/IBAN/NL20INGB0001234567/NAME/Molen BV/REMI/Order {day}
:61:1101{day:02}C1,00NTRFNONREF//B{day}
:86:/TRTP/SEPA/NAME/Vos/REMI/Lantern {day}
:62F:C1101{day:02}EUR{closing},00
-
"""


def banking(anne: Actor) -> None:
    """Two bank accounts; one has two statements of two lines each."""
    for place, iban in enumerate(IBANS):
        add_bank_account(anne, name=f"Bank {place}", iban=iban)
    for day in (3, 4):
        opening = 3 * (day - 3)
        paper = PAPER.format(iban=IBANS[0], day=day, opening=opening, closing=opening + 3)
        import_statement(anne, name=f"{day}.sta", content=paper.encode())


def rules(anne: Actor) -> None:
    """Two rules for lines."""
    plain = Account.objects.filter(company_id=anne.company_id, role="").earliest("code")
    BankRule.objects.bulk_create(
        BankRule(company_id=anne.company_id, name=f"Rule {n}", place=n, account=plain)
        for n in (1, 2)
    )
