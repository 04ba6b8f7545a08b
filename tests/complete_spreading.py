"""Rows in every table of what is spread and accrued, for `complete.py`."""

from datetime import date

from kantoor.departments.finance.actions.spreading.accruals import accrue
from kantoor.departments.finance.actions.spreading.runs import post_spreads
from kantoor.departments.finance.actions.spreading.spreads import spread
from kantoor.departments.finance.drafts_spreading import AccrualDraft, PartDraft, SpreadDraft
from kantoor.departments.finance.models import Account
from kantoor.kernel.actors.actor import Actor


def spreading(anne: Actor) -> None:
    """Two spreads by hand, posted twice, and two accruals."""
    costs = Account.objects.filter(company_id=anne.company_id, group="other_operating", role="")
    cost = costs.order_by("code").values_list("code", flat=True)[0]
    parts = [PartDraft(date=date(2012, month, 1), amount=600) for month in (1, 2)]
    spread(
        anne,
        spreads=[
            SpreadDraft(
                kind="prepaid", starts_on=date(2012, 1, 1), ends_on=date(2012, 2, 28),
                step="custom", parts=parts, amount=1_200, result_account=cost, text=text,
                dimensions={"project": "100"},
            )
            for text in ("Insurance", "Licence")
        ],
    )  # fmt: skip
    for month in (1, 2):
        post_spreads(anne, on=date(2012, month, 15))
    accrue(
        anne,
        accruals=[
            AccrualDraft(
                date=date(2012, 1, 31), amount=500 * n, result_account=cost, text="Energy",
                until_invoiced=n > 1,
            )
            for n in (1, 2)
        ],
    )  # fmt: skip
