"""What the law has finance keep of a party that asks to be erased: invoices, for some years.

GDPR art. 17(3)(b): the right to erasure ends where the law asks to keep. In the Netherlands that
is seven years after the year of the invoice (AWR art. 52(4)), in Belgium ten (WBTW art. 60), in
the United Kingdom six (VAT Notice 700/21); elsewhere the longest of these is taken.
"""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.kernel.record.erasing import may_not_erase
from kantoor.kernel.store.lookup import fetch

YEARS = {"NL": 7, "BE": 10, "GB": 6}
LONGEST = 10

_OPEN = (
    "SELECT 1 FROM finance_open_item WHERE company_id = %s AND party_id = %s AND open <> 0 LIMIT 1"
)
_LAST = (
    "SELECT company.country, CAST(max(invoice.date) AS text) FROM finance_invoice invoice"
    " JOIN kernel_company company ON company.id = invoice.company_id"
    " WHERE invoice.company_id = %s AND invoice.party_id = %s GROUP BY company.country"
)
_LAST_BOUGHT = _LAST.replace("finance_invoice", "finance_purchase_invoice")


@may_not_erase
def invoices_are_kept(company_id: int, party_id: int) -> str:
    """Why a party can't be erased yet: something is open, or an invoice has to be kept."""
    if fetch(_OPEN, [company_id, party_id]):
        return str(_("Something is still open with this person; settle that first."))
    kept = [row for sql in (_LAST, _LAST_BOUGHT) for row in fetch(sql, [company_id, party_id])]
    for country, last in sorted(kept, key=lambda row: row[1] or "", reverse=True):
        if last is None:
            continue
        until = int(last[:4]) + YEARS.get(country, LONGEST)
        if timezone.localdate().year <= until:
            message = _(
                "The last invoice is of {date}; the law has it kept until the end of {year}."
            )
            return message.format(date=last, year=until)
    return ""
