"""How an address stands: whether it can be reached, wants mail, and agreed to a purpose.

Conditions for a query set of parties or subscribers whose rows have `mail_address`, in lower case.
"""

from collections.abc import Sequence

from django.db.models import Exists, Model, OuterRef, Q

from kantoor.departments.communication.models import Consent, MailingList, NoMail, Subscriber
from kantoor.kernel.mail.models import Unreachable
from kantoor.kernel.parties.models import Party


def lost(company_id: int) -> Q:
    """Mail to the address bounced for good, and nobody said that it arrives again."""
    rows = Unreachable.objects.filter(company_id=company_id, lifted_at=None)
    return Q(Exists(rows.filter(address=OuterRef("mail_address"))))


def unwanted(company_id: int, purpose: str, model: type[Model], lists: Sequence[str] = ()) -> Q:
    """Its owner wants no mail for the purpose, or none at all.

    Where no purpose is said, those of the mailing `lists` that are asked count: who stopped the
    newsletter is not reached by its list for nothing in particular.
    """
    rows = NoMail.objects.filter(company_id=company_id, lifted_at=None).exclude(address="")
    if lists and not purpose:
        asked = MailingList.objects.filter(company_id=company_id, code__in=lists)
        rows = rows.filter(Q(purpose="") | Q(purpose__in=asked.values("purpose")))
    else:
        rows = rows.filter(purpose__in={"", purpose})
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
