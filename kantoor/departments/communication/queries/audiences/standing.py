"""How an address stands: whether it can be reached, wants mail, and agreed to a purpose.

Conditions for a query set of parties or subscribers whose rows have `mail_address`, in lower case.
"""

from django.db.models import Exists, Model, OuterRef, Q

from kantoor.departments.communication.models import Consent, NoMail, Subscriber
from kantoor.kernel.mail.models import Unreachable
from kantoor.kernel.parties.models import Party


def lost(company_id: int) -> Q:
    """Mail to the address bounced for good, and nobody said that it arrives again."""
    rows = Unreachable.objects.filter(company_id=company_id, lifted_at=None)
    return Q(Exists(rows.filter(address=OuterRef("mail_address"))))


def unwanted(company_id: int, purpose: str, model: type[Model]) -> Q:
    """Its owner wants no mail for the purpose, or none at all."""
    rows = NoMail.objects.filter(company_id=company_id, lifted_at=None)
    rows = rows.filter(purpose__in={"", purpose}).exclude(address="")
    found = Q(Exists(rows.filter(address=OuterRef("mail_address"))))
    if model is Party:
        # Two questions, since each has an index and both at once have none.
        found |= Q(Exists(rows.filter(party=OuterRef("pk"))))
    return found


def agreed(company_id: int, purpose: str, model: type[Model]) -> Q:
    """Its owner agreed to the purpose, and did not take that back."""
    given = Consent.objects.filter(purpose=purpose, withdrawn_at=None, company_id=company_id)
    of_row = Q(Exists(given.filter(subscriber=OuterRef("pk"))))
    if model is Subscriber:
        return of_row
    # By the address first and then by its row: each has an index, and a join would choose neither.
    known = Subscriber.objects.filter(company_id=company_id).exclude(address="")
    return Q(Exists(known.filter(of_row, address=OuterRef("mail_address"))))
