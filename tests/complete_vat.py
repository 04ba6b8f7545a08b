"""What leaves rows in the tables of tax: entries that name tax codes."""

from datetime import date

from kantoor.departments.finance.actions.entries import post_entries
from kantoor.departments.finance.drafts import EntryDraft, LineDraft
from kantoor.departments.finance.models import Account
from kantoor.kernel.actors.actor import Actor


def tax(anne: Actor) -> None:
    """Two purchases and two sales, booked by hand."""
    roles = dict(
        Account.objects.filter(company_id=anne.company_id)
        .exclude(role="")
        .values_list("role", "code")
    )
    post_entries(
        anne,
        entries=[
            EntryDraft(
                date=date(2024, 5, day),
                text="Taxed",
                lines=[
                    LineDraft(account=roles["bank"], amount=-121),
                    LineDraft(account=roles["purchases"], amount=100, tax="P21"),
                    LineDraft(account=roles["vat_receivable"], amount=21, tax="P21"),
                ],
            )
            for day in (3, 4)
        ],
    )
