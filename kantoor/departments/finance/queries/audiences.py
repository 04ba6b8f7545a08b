"""Customers by what they owe, and suppliers, for audiences."""

from collections.abc import Sequence
from datetime import timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.models import OpenItem
from kantoor.departments.finance.queries.roles import accounts_by_role
from kantoor.kernel.audiences import ValueChoice, audience_kind, parties_in
from kantoor.kernel.parties.models import Party, PartyRole

SUPPLIER = "supplier"
OWES, LATE, VERY_LATE = "owes", "late", "late_30"
DEBTS = {
    OWES: _("Something, due or not"),
    LATE: _("Something that is overdue"),
    VERY_LATE: _("Something that is more than 30 days overdue"),
}


@audience_kind(
    name="finance.owing",
    title=_("Customers who owe us…"),
    permission="finance.read_receivables",
    value=ValueChoice(_("What"), DEBTS),
    meaning=_("Who has an invoice open on the books now; credit notes don't make up for it."),
)
def owing(company_id: int, values: Sequence[str]) -> QuerySet[Party]:
    """Who owes us, in any of these ways. Two statements."""
    account = accounts_by_role(company_id).get("receivables")
    if account is None:
        return Party.objects.none()
    today = timezone.localdate()
    before = {
        OWES: Q(),
        LATE: Q(due_on__lt=today),
        VERY_LATE: Q(due_on__lt=today - timedelta(days=30)),
    }
    found = Q(pk__in=[])
    for value in values:
        found |= Q(open__gt=0) & before.get(value, Q(pk__in=[]))
    items = OpenItem.objects.filter(found, account_id=account, party__isnull=False)
    return parties_in(company_id, items)


@audience_kind(
    name="finance.suppliers",
    title=_("Suppliers"),
    permission="kernel.read_parties",
    meaning=_("All suppliers, whether we bought from them or not."),
)
def suppliers(company_id: int, values: Sequence[str]) -> QuerySet[Party]:
    """All suppliers."""
    found = PartyRole.objects.filter(role=SUPPLIER, party__company_id=company_id)
    return parties_in(company_id, found)
