"""Rows of affiliated companies, what they mirror, and groups."""

from datetime import date
from decimal import Decimal

from kantoor.departments.finance.actions.groups.affiliates import charge_affiliates, relate_company
from kantoor.departments.finance.actions.groups.companies import keep_group
from kantoor.departments.finance.drafts_groups import Charge, MemberDraft
from kantoor.departments.finance.models import Account
from kantoor.departments.sales.actions.customers import CustomerDraft, create_customers
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.actors.models import Company
from tests.founded import House, found


def companies(house: House, garage: House) -> None:
    """Three companies that are each other's customers, charges between two, and two groups."""
    anne, vos = house.administrator, garage.administrator
    third = found("Garage Wolf").administrator
    for actor, code in ((anne, "VOS"), (vos, "HEAD"), (anne, "WOLF")):
        customers = [CustomerDraft(code=code, name=code, country="NL")]
        create_customers(actor, customers=customers)
    for actor, party, other in ((anne, "VOS", vos), (vos, "HEAD", anne), (anne, "WOLF", third)):
        relate_company(
            actor, party=party, company=_name(other), account=_account(actor, "expense"),
            at_once=actor is anne,
        )  # fmt: skip
    income = _account(vos, "income")
    day = date(2012, 5, 1)
    charges = [Charge(party="HEAD", date=day, amount=each, account=income) for each in (100, 200)]
    charge_affiliates(vos, charges=charges)
    for code in ("ALL", "SOME"):
        members = [
            MemberDraft(company=_name(vos), percent=Decimal(80)),
            MemberDraft(company=_name(third)),
        ]
        keep_group(anne, code=code, name=code, members=members)


def _name(actor: Actor) -> str:
    return Company.objects.get(pk=actor.company_id).name


def _account(actor: Actor, kind: str) -> str:
    found = Account.objects.filter(company_id=actor.company_id, kind=kind, role="")
    return found.order_by("code")[0].code
