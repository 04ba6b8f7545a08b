"""What came in of a purchase invoice, as a kept file."""

from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.models import PurchaseInvoice
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import NotFound
from kantoor.kernel.files.models import File
from kantoor.kernel.queries import query, scoped


@query(permission="finance.read_payables", title=_("File of a purchase invoice"))
def purchase_invoice_file(actor: Actor, /, *, number: str) -> File:
    """The file of the purchase invoice with this number; raises NotFound."""
    found = scoped(actor, PurchaseInvoice).filter(number=number).select_related("file").first()
    if found is None or found.file is None:
        message = _("There is no file of the purchase invoice “{number}”.")
        raise NotFound(message.format(number=number[:40]), field="number")
    return found.file
