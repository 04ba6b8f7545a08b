"""A Belgian sister of the trading company, so that there is a group to look at."""

from collections.abc import Sequence

from kantoor.departments.finance.actions.entries import post_entries
from kantoor.departments.finance.actions.groups.affiliates import charge_affiliates, relate_company
from kantoor.departments.finance.actions.groups.companies import keep_group
from kantoor.departments.finance.drafts import EntryDraft, LineDraft
from kantoor.departments.finance.drafts_groups import Charge, MemberDraft
from kantoor.departments.sales.actions.customers import CustomerDraft, create_customers
from kantoor.shell.demo.calendar import Month
from kantoor.shell.demo.trade.chance import around
from kantoor.shell.demo.trade.office import Office
from kantoor.shell.demo.trade.relations import BUYER

SISTER = "De Linde België BV"
FEE = 145_000


def have_a_sister(head: Office, sister: Office, months: Sequence[Month]) -> None:
    """Let the head charge its sister a fee, which books the same at her side."""
    create_customers(head.seller, customers=[CustomerDraft(code="G-BE", name=SISTER, country="BE")])
    create_customers(
        sister.seller, customers=[CustomerDraft(code="G-NL", name=BUYER, country="NL")]
    )
    relate_company(head.controller, party="G-BE", company=SISTER, account="46351")
    relate_company(sister.controller, party="G-NL", company=BUYER, account="613000", at_once=True)
    entries = [_entry(months[0], "Kapitaal", "550000", "100000", 3_000_000)]
    for month in months[:-1]:
        entries.append(_entry(month, "Verkopen", "550000", "700000", around(1_150_000, month.code)))
        entries.append(_entry(month, "Aankopen", "604000", "550000", around(640_000, month.code)))
    post_entries(sister.bookkeeper, entries=entries)
    charge_affiliates(
        head.bookkeeper,
        charges=[
            Charge(party="G-BE", date=month.last, amount=FEE, account="82601",
                   text=f"Managementvergoeding {month.first:%m-%Y}")
            for month in months[-2:-1]
        ],
    )  # fmt: skip
    keep_group(
        head.controller, code="LINDE", name="De Linde", members=[MemberDraft(company=SISTER)]
    )


def _entry(month: Month, text: str, debit: str, credit: str, amount: int) -> EntryDraft:
    lines = [LineDraft(account=debit, amount=amount), LineDraft(account=credit, amount=-amount)]
    return EntryDraft(date=month.on(15), text=f"{text} {month.first:%m-%Y}", lines=lines)
