"""Who writes a letter to whom: the company's own particulars, and the customer's of today."""

import msgspec
from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.queries.invoice_card import Address
from kantoor.departments.finance.queries.paying.own_accounts import own_accounts
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.actors.models import Company
from kantoor.kernel.errors import NotFound
from kantoor.kernel.parties.models import Party
from kantoor.kernel.queries import query, scoped


class Letterhead(msgspec.Struct, frozen=True, kw_only=True):
    """Sender and receiver of a letter, the receiver's language, and where to pay."""

    party: str
    language: str
    sender: Address
    receiver: Address
    iban: str


@query(permission="finance.read_receivables", title=_("Letterhead"))
def letterhead(actor: Actor, /, *, party: str) -> Letterhead:
    """What stands above a letter to a customer; raises NotFound."""
    found = scoped(actor, Party).filter(code=party).first()
    if found is None:
        raise NotFound(_("There is no party “{code}”.").format(code=party[:40]), field="party")
    company = Company.objects.get(pk=actor.company_id)
    accounts = [each for each in own_accounts(actor.company_id) if each.currency == actor.currency]
    return Letterhead(
        party=party,
        language=found.language,
        sender=Address(
            name=company.name,
            street="",
            postcode="",
            city="",
            country=company.country,
            vat_number=company.vat_number,
            registration=company.registration,
        ),
        receiver=Address(
            name=found.name,
            street=found.street,
            postcode=found.postcode,
            city=found.city,
            country=found.country,
            vat_number=found.vat_number,
            registration=found.registration,
        ),
        iban=accounts[0].iban if accounts else "",
    )
