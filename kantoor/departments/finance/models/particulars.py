"""Who an invoice is from and to, as they were on its day: frozen, but erasable by law.

An invoice has to show names and addresses as they were (Directive 2006/112/EC, art. 226), so
they are copied once for each party and each change, and many invoices point to one copy. They
are personal data: when the duty to keep invoices is over they can be blanked, which the sealed
invoice itself could not be.
"""

from django.db import models

from kantoor.kernel.store.guards import Guard, register_guard
from kantoor.kernel.store.models import KeptModel


class Particulars(KeptModel):
    """Name and address as printed on invoices; `party` is null for the company itself."""

    subject_field = "subject_id"
    erased_as = {
        "name": "",
        "street": "",
        "postcode": "",
        "city": "",
        "vat_number": "",
        "registration": "",
    }
    subject_id = models.BigIntegerField(null=True)
    company = models.ForeignKey("kernel.Company", on_delete=models.PROTECT, db_index=False)
    party = models.ForeignKey("kernel.Party", on_delete=models.PROTECT, null=True, db_index=False)
    name = models.CharField(max_length=200)
    street = models.CharField(max_length=200)
    postcode = models.CharField(max_length=20)
    city = models.CharField(max_length=100)
    country = models.CharField(max_length=2)
    vat_number = models.CharField(max_length=20)
    registration = models.CharField(max_length=40)
    erased_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "finance_particulars"
        indexes = [models.Index(fields=["company", "party"], name="particulars_of_party")]

    def __str__(self) -> str:
        return self.name


_WORDS = "names and addresses on invoices are never changed, only erased"
_ERASED = """NEW.erased_at IS NOT NULL AND OLD.erased_at IS NULL AND NEW.subject_id IS NULL
    AND NEW.name = '' AND NEW.street = '' AND NEW.postcode = '' AND NEW.city = ''
    AND NEW.vat_number = '' AND NEW.registration = '' AND NEW.id = OLD.id
    AND NEW.company_id = OLD.company_id AND NEW.country = OLD.country
    AND NEW.party_id IS NOT DISTINCT FROM OLD.party_id"""


def _refuse(name: str, body: str) -> str:
    raising = f"RAISE EXCEPTION '{_WORDS}' USING ERRCODE = 'restrict_violation'; END"
    return f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger AS $$ BEGIN {body} {raising} $$ LANGUAGE plpgsql"


register_guard(
    Guard(
        "finance_particulars_frozen",
        "finance_particulars",
        "CREATE TRIGGER finance_particulars_frozen BEFORE UPDATE ON finance_particulars"
        f" WHEN NOT ({_ERASED.replace('IS NOT DISTINCT FROM', 'IS')})"
        f" BEGIN SELECT RAISE(ABORT, '{_WORDS}'); END",
        "CREATE TRIGGER finance_particulars_frozen BEFORE UPDATE ON finance_particulars"
        " FOR EACH ROW EXECUTE FUNCTION finance_particulars_frozen()",
        _refuse("finance_particulars_frozen", f"IF {_ERASED} THEN RETURN NEW; END IF;"),
    )
)
register_guard(
    Guard(
        "finance_particulars_kept",
        "finance_particulars",
        "CREATE TRIGGER finance_particulars_kept BEFORE DELETE ON finance_particulars"
        f" BEGIN SELECT RAISE(ABORT, '{_WORDS}'); END",
        "CREATE TRIGGER finance_particulars_kept BEFORE DELETE ON finance_particulars"
        " FOR EACH ROW EXECUTE FUNCTION finance_particulars_kept()",
        _refuse("finance_particulars_kept", ""),
    )
)
