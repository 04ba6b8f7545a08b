"""What leaves rows in the tables of tax: entries that name tax codes, and what is filed of them."""

from datetime import date

from kantoor.departments.finance.actions.entries import post_entries
from kantoor.departments.finance.actions.vat.checks import keep_vat_check
from kantoor.departments.finance.actions.vat.filing import file_vat_return
from kantoor.departments.finance.actions.vat.listings import file_oss_return
from kantoor.departments.finance.actions.vat.regimes import set_vat_regime
from kantoor.departments.finance.drafts import EntryDraft, LineDraft
from kantoor.departments.finance.models import Account
from kantoor.kernel.actions.context import approved
from kantoor.kernel.actors.actor import Actor


def tax(anne: Actor) -> None:
    """Purchases and sales booked by hand, two returns, and sales by the one-stop shop."""
    roles = dict(
        Account.objects.filter(company_id=anne.company_id)
        .exclude(role="")
        .values_list("role", "code")
    )
    post_entries(
        anne,
        entries=[
            _taxed(4, (roles["bank"], -121), (roles["purchases"], 100), (roles["vat_receivable"], 21), "P21"),
            _taxed(7, (roles["bank"], -121), (roles["purchases"], 100), (roles["vat_receivable"], 21), "P21"),
            _taxed(5, (roles["bank"], 120), (roles["sales_intra_eu"], -100), (roles["vat_payable"], -20), "DFR20"),
            _taxed(6, (roles["bank"], 119), (roles["sales_intra_eu"], -100), (roles["vat_payable"], -19), "DDE19"),
        ],
    )  # fmt: skip
    for month in (4, 7):
        set_vat_regime(anne, starts_on=date(2024, month, 1), rhythm="quarter")
    for period in ("2024-Q2", "2024-Q3"):
        with approved("finance.file_vat_return"):
            file_vat_return(anne, period=period)
    with approved("finance.file_oss_return"):
        file_oss_return(anne, period="2024-Q2")
    for consultation in ("W1", "W2"):
        keep_vat_check(
            anne, party="K1", vat_number="NL001041149B01", valid=True, consultation=consultation
        )


def _taxed(
    month: int, paid: tuple[str, int], base: tuple[str, int], vat: tuple[str, int], code: str
) -> EntryDraft:
    return EntryDraft(
        date=date(2024, month, 3),
        text="Taxed",
        lines=[
            LineDraft(account=paid[0], amount=paid[1]),
            LineDraft(account=base[0], amount=base[1], tax=code),
            LineDraft(account=vat[0], amount=vat[1], tax=code),
        ],
    )
