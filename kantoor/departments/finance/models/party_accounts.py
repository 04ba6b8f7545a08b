"""Bank accounts of parties, which a second person verifies, and what customers let us collect.

A changed account number in a letter or an e-mail is the commonest way to be robbed, so nothing is
paid to an account that one person alone has put in the books.
"""

from django.db import models

from kantoor.kernel.store.guards import Guard, register_guard
from kantoor.kernel.store.models import KeptModel

PROPOSED, VERIFIED, RETIRED = "proposed", "verified", "retired"
ACTIVE, ENDED = "active", "ended"
MANDATE_MONTHS = 36
"""A mandate that was not used for so long has lapsed (EPC016-06, SDD Core rulebook, 4.1)."""


class PartyAccount(KeptModel):
    """An account of a party by its IBAN: `proposed`, then `verified` by somebody else, or `retired`.

    `holder` is the name on the account where it is not the party's own. `why` says how the number
    is known (a call to the number in our books, the contract), or why it is no longer used.
    `origin` is the thing in Kantoor that it was read from (`finance.purchase_invoice/12`).
    """

    subject_field = "subject_id"
    erased_as = {"iban": "", "bic": "", "holder": "", "why": "", "state": RETIRED}
    subject_id = models.BigIntegerField(null=True)
    company = models.ForeignKey("kernel.Company", on_delete=models.PROTECT, db_index=False)
    party = models.ForeignKey("kernel.Party", on_delete=models.PROTECT, db_index=False)
    iban = models.CharField(max_length=34)
    bic = models.CharField(max_length=11)
    holder = models.CharField(max_length=70)
    state = models.CharField(max_length=8, default=PROPOSED)
    origin = models.CharField(max_length=80)
    why = models.CharField(max_length=200)
    proposed_by = models.ForeignKey(
        "kernel.User", on_delete=models.PROTECT, related_name="+", null=True, db_index=False
    )
    proposed_at = models.DateTimeField()
    verified_by = models.ForeignKey(
        "kernel.User", on_delete=models.PROTECT, related_name="+", null=True, db_index=False
    )
    verified_at = models.DateTimeField(null=True)
    erased_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "finance_party_account"
        constraints = [
            models.UniqueConstraint(
                fields=["party", "iban"],
                condition=~models.Q(state=RETIRED),
                name="party_account_once",
            ),
            models.UniqueConstraint(
                fields=["party"],
                condition=models.Q(state=VERIFIED),
                name="party_account_verified_once",
            ),
            models.CheckConstraint(
                condition=~models.Q(state=VERIFIED)
                | models.Q(verified_by__isnull=False, proposed_by__isnull=True)
                | (
                    models.Q(verified_by__isnull=False)
                    & ~models.Q(verified_by=models.F("proposed_by"))
                ),
                name="party_account_by_two",
            ),
        ]
        indexes = [
            models.Index(fields=["company", "iban"], name="party_account_by_iban"),
        ]

    def __str__(self) -> str:
        return self.iban


class Mandate(KeptModel):
    """A customer's consent to collect from an account: SEPA direct debit, CORE or B2B.

    `reference` is the mandate's own (UMR). `kind` is `recurring` or `one_off`; which sequence type
    a collection gets follows from it and from `last_used_on`. `final` says that the next
    collection is the last.
    """

    company = models.ForeignKey("kernel.Company", on_delete=models.PROTECT, db_index=False)
    party = models.ForeignKey("kernel.Party", on_delete=models.PROTECT)
    account = models.ForeignKey(PartyAccount, on_delete=models.PROTECT, related_name="mandates")
    reference = models.CharField(max_length=35)
    scheme = models.CharField(max_length=4, default="CORE")
    kind = models.CharField(max_length=9, default="recurring")
    signed_on = models.DateField()
    last_used_on = models.DateField(null=True)
    final = models.BooleanField(default=False)
    state = models.CharField(max_length=6, default=ACTIVE)
    why = models.CharField(max_length=200)

    class Meta:
        db_table = "finance_mandate"
        constraints = [
            models.UniqueConstraint(fields=["company", "reference"], name="mandate_reference_once"),
        ]

    def __str__(self) -> str:
        return self.reference


class CreditorIdentifier(KeptModel):
    """The identifier under which the company collects (`NL79ZZZ999999990000`), since a day."""

    company = models.ForeignKey("kernel.Company", on_delete=models.PROTECT, db_index=False)
    identifier = models.CharField(max_length=35)
    valid_from = models.DateField()

    class Meta:
        db_table = "finance_creditor_identifier"
        constraints = [
            models.UniqueConstraint(
                fields=["company", "valid_from"], name="creditor_identifier_once"
            ),
        ]

    def __str__(self) -> str:
        return self.identifier


_WORDS = "the number of an account is never changed: retire it and propose another"
register_guard(
    Guard(
        "finance_party_account_number_stays",
        "finance_party_account",
        f"""CREATE TRIGGER finance_party_account_number_stays
        BEFORE UPDATE OF iban, party_id, company_id, proposed_by_id ON finance_party_account
        WHEN (NEW.iban <> OLD.iban AND NEW.iban <> '') OR NEW.party_id <> OLD.party_id
            OR NEW.company_id <> OLD.company_id OR NEW.proposed_by_id IS NOT OLD.proposed_by_id
        BEGIN SELECT RAISE(ABORT, '{_WORDS}'); END""",
        """CREATE TRIGGER finance_party_account_number_stays
        BEFORE UPDATE ON finance_party_account
        FOR EACH ROW EXECUTE FUNCTION finance_party_account_number_stays()""",
        f"""CREATE OR REPLACE FUNCTION finance_party_account_number_stays() RETURNS trigger AS $$
        BEGIN
            IF (NEW.iban <> OLD.iban AND NEW.iban <> '') OR NEW.party_id <> OLD.party_id
                OR NEW.company_id <> OLD.company_id
                OR NEW.proposed_by_id IS DISTINCT FROM OLD.proposed_by_id THEN
                RAISE EXCEPTION '{_WORDS}' USING ERRCODE = 'restrict_violation';
            END IF;
            RETURN NEW;
        END $$ LANGUAGE plpgsql""",
    )
)
