"""VAT returns, supplements and listings as they were filed, and how a company files them.

What is filed is frozen. Its `mark` is the key of the last entry there was: a fact of tax dated on or
before its end, of an entry up to the mark, is in this document or an earlier one of its chain; what
is posted later with such a date is a correction. So no list of facts has to be kept, and any of
these figures can be reckoned anew.
"""

from typing import Final

from django.db import models

from kantoor.departments.finance.models.ledger import Entry
from kantoor.departments.finance.models.particulars import Particulars
from kantoor.kernel.fields import ExactField
from kantoor.kernel.store.guards import Guard, register_guard
from kantoor.kernel.store.kept import Kept
from kantoor.kernel.store.models import KeptModel

RETURN: Final = "return"
SUPPLEMENT: Final = "supplement"
ICP: Final = "icp"
OSS: Final = "oss"
CHAINS = {RETURN: "vat", SUPPLEMENT: "vat", ICP: "icp", OSS: "oss"}


class VatRegime(KeptModel):
    """How a company files from a day on.

    `rhythm` is month, quarter or year. `distance` says whose tax sales to consumers in other EU
    countries have: of the company's own country (origin) or the customer's (destination, by the
    one-stop shop). `small` is the small businesses' exemption. `tax_number` is the number at the
    tax authority where it isn't the VAT number.
    """

    company = models.ForeignKey("kernel.Company", on_delete=models.PROTECT, db_index=False)
    starts_on = models.DateField()
    rhythm = models.CharField(max_length=7)
    distance = models.CharField(max_length=11)
    small = models.BooleanField()
    tax_number = models.CharField(max_length=20)

    class Meta:
        db_table = "finance_vat_regime"
        constraints = [
            models.UniqueConstraint(fields=["company", "starts_on"], name="vat_regime_once")
        ]


class VatReturn(KeptModel):
    """A filed return, supplement (`suppletie`) or listing, named by `code` (`2024-Q1`).

    `n` counts the documents of a chain. `payable` and `rounding` are in minor units of the
    company's currency: what is owed (below zero: comes back), and what rounding to the units of
    the form took off. `entry` books it, where anything is booked. `reference` goes with the payment.
    """

    kept = Kept.SEALED
    company = models.ForeignKey("kernel.Company", on_delete=models.PROTECT, db_index=False)
    kind = models.CharField(max_length=10)
    chain = models.CharField(max_length=3)
    n = models.IntegerField()
    code = models.CharField(max_length=20)
    country = models.CharField(max_length=2)
    starts_on = models.DateField()
    ends_on = models.DateField()
    filed_on = models.DateField()
    mark = models.BigIntegerField()
    payable = models.BigIntegerField()
    rounding = models.BigIntegerField()
    reference = models.CharField(max_length=20)
    figure_count = models.IntegerField()
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, null=True)

    class Meta:
        db_table = "finance_vat_return"
        constraints = [
            models.UniqueConstraint(fields=["company", "chain", "n"], name="vat_return_n_once"),
            models.UniqueConstraint(
                fields=["company", "chain", "code"], name="vat_return_code_once"
            ),
        ]

    def __str__(self) -> str:
        return self.code


class VatFigure(KeptModel):
    """A box of a filed return: as declared, or exactly, for the period that its facts are of.

    `period` is the first day of that period, null for what was declared. Minor units.
    """

    kept = Kept.SEALED
    vat_return = models.ForeignKey(VatReturn, on_delete=models.PROTECT, related_name="figures")
    box = models.CharField(max_length=4)
    period = models.DateField(null=True)
    base = models.BigIntegerField()
    tax = models.BigIntegerField()

    class Meta:
        db_table = "finance_vat_figure"


class VatListingLine(KeptModel):
    """A line of a filed listing: a customer of the ICP listing, or a rate of the OSS return.

    `what` is goods, services or triangular. `period` is the first day of the period that its facts
    are of. Minor units. The VAT number is not kept here, since it can be a person's: `buyer` is the
    copy of the customer's particulars, which can be erased.
    """

    kept = Kept.SEALED
    vat_return = models.ForeignKey(VatReturn, on_delete=models.PROTECT, related_name="lines")
    period = models.DateField()
    country = models.CharField(max_length=2)
    what = models.CharField(max_length=10)
    rate = ExactField()
    buyer = models.ForeignKey(
        Particulars, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    base = models.BigIntegerField()
    tax = models.BigIntegerField()

    class Meta:
        db_table = "finance_vat_listing_line"


class VatCheck(KeptModel):
    """What the European Commission's register (VIES) said of a VAT number at a moment.

    `buyer` is the copy of the party's particulars with the number that was asked; `consultation` the
    number that proves the question, given when the company asked with its own.
    """

    kept = Kept.SEALED
    company = models.ForeignKey("kernel.Company", on_delete=models.PROTECT, db_index=False)
    buyer = models.ForeignKey(Particulars, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    valid = models.BooleanField()
    consultation = models.CharField(max_length=30)

    class Meta:
        db_table = "finance_vat_check"
        indexes = [models.Index(fields=["company", "id"], name="vat_check_of_company")]


_WORDS = "a filed return is the figures it was filed with"
register_guard(
    Guard(
        "finance_vat_return_complete",
        "finance_vat_return",
        f"""CREATE TRIGGER finance_vat_return_complete BEFORE INSERT ON finance_vat_return
        WHEN NEW.figure_count <>
            (SELECT count(*) FROM finance_vat_figure WHERE vat_return_id = NEW.id)
            + (SELECT count(*) FROM finance_vat_listing_line WHERE vat_return_id = NEW.id)
        BEGIN SELECT RAISE(ABORT, '{_WORDS}'); END""",  # noqa: S608
        """CREATE TRIGGER finance_vat_return_complete BEFORE INSERT ON finance_vat_return
        FOR EACH ROW EXECUTE FUNCTION finance_vat_return_complete()""",
        f"""CREATE OR REPLACE FUNCTION finance_vat_return_complete() RETURNS trigger AS $$
        BEGIN
            IF NEW.figure_count <>
                (SELECT count(*) FROM finance_vat_figure WHERE vat_return_id = NEW.id)
                + (SELECT count(*) FROM finance_vat_listing_line WHERE vat_return_id = NEW.id) THEN
                RAISE EXCEPTION '{_WORDS}' USING ERRCODE = 'check_violation';
            END IF;
            RETURN NEW;
        END $$ LANGUAGE plpgsql""",  # noqa: S608
    )
)


def _sealed_with_return(table: str) -> Guard:
    name = f"{table}_sealed"
    return Guard(
        name,
        table,
        f"""CREATE TRIGGER {name} BEFORE INSERT ON {table}
        WHEN EXISTS (SELECT 1 FROM finance_vat_return WHERE id = NEW.vat_return_id)
        BEGIN SELECT RAISE(ABORT, '{_WORDS}'); END""",  # noqa: S608
        f"""CREATE TRIGGER {name} BEFORE INSERT ON {table}
        FOR EACH ROW EXECUTE FUNCTION {name}()""",
        f"""CREATE OR REPLACE FUNCTION {name}() RETURNS trigger AS $$
        BEGIN
            IF EXISTS (SELECT 1 FROM finance_vat_return WHERE id = NEW.vat_return_id) THEN
                RAISE EXCEPTION '{_WORDS}' USING ERRCODE = 'check_violation';
            END IF;
            RETURN NEW;
        END $$ LANGUAGE plpgsql""",  # noqa: S608
    )


for _table in ("finance_vat_figure", "finance_vat_listing_line"):
    register_guard(_sealed_with_return(_table))
