"""The checklists that come ready: the end of a month, who leaves, a fire drill, certificates."""

from kantoor.procedures.drafts import ChecklistDraft, ItemDraft

_MONTH = {"query": "finance.month_standing", "given": "on=on", "listens": "finance.period_closed"}
_HELD = {"query": "ict.held_by", "given": "employee=employee"}

READY: tuple[tuple[ChecklistDraft, tuple[ItemDraft, ...]], ...] = (
    (
        ChecklistDraft(code="month-end", name="End of the month", name_nl="Maandafsluiting", inputs="on"),
        (
            ItemDraft(title="Bank statements are booked", title_nl="Bankafschriften zijn geboekt",
                      holds="result.lines_to_book == 0", **_MONTH),
            ItemDraft(title="Purchase invoices are booked", title_nl="Inkoopfacturen zijn geboekt",
                      holds="result.purchases == 0", **_MONTH),
            ItemDraft(title="Suspense accounts are empty", title_nl="Tussenrekeningen zijn leeg",
                      holds="result.suspense == 0", **_MONTH),
            ItemDraft(title="Depreciation is booked", title_nl="Afschrijvingen zijn geboekt",
                      holds="result.assets_due == 0", **_MONTH),
            ItemDraft(title="Accruals and deferrals are booked", title_nl="Overlopende posten zijn geboekt",
                      holds="result.spreads_due == 0", **_MONTH),
            ItemDraft(title="Margins were looked at and explained", title_nl="Marges zijn bekeken en verklaard"),
            ItemDraft(title="The month is closed", title_nl="De maand is afgesloten",
                      holds="result.closed", **_MONTH),
        ),
    ),
    (
        ChecklistDraft(code="leaver", name="Somebody leaves", name_nl="Iemand gaat uit dienst", inputs="employee"),
        (
            ItemDraft(title="All devices are back", title_nl="Alle apparaten zijn terug",
                      holds="result.devices_out == 0", listens="ict.devices_taken_back", **_HELD),
            ItemDraft(title="All sheets are signed", title_nl="Alle formulieren zijn getekend",
                      holds="result.unsigned_sheets == 0", listens="ict.handover_signed", **_HELD),
            ItemDraft(title="All accounts are closed", title_nl="Alle accounts zijn gesloten",
                      holds="result.accounts_open == 0", listens="ict.accounts_closed", **_HELD),
            ItemDraft(title="The final pay is approved", title_nl="De eindafrekening is goedgekeurd",
                      query="hr.pay_standing", given="employee=employee", holds="result.final_paid",
                      listens="hr.pay_run_approved"),
            ItemDraft(title="Keys and passes are handed in", title_nl="Sleutels en passen zijn ingeleverd"),
            ItemDraft(title="Work was handed over", title_nl="Het werk is overgedragen"),
        ),
    ),
    (
        ChecklistDraft(code="fire-drill", name="Fire drill", name_nl="Ontruimingsoefening"),
        (
            ItemDraft(title="The alarm was heard in every room", title_nl="Het alarm was in elke ruimte te horen"),
            ItemDraft(title="Everybody was outside within the time set", title_nl="Iedereen was binnen de afgesproken tijd buiten"),
            ItemDraft(title="Everybody was counted at the assembly point", title_nl="Iedereen is geteld op de verzamelplaats"),
            ItemDraft(title="Escape routes and extinguishers were looked at", title_nl="Vluchtwegen en blussers zijn nagelopen"),
            ItemDraft(title="What went wrong was written down", title_nl="Wat misging is opgeschreven"),
        ),
    ),
    (
        ChecklistDraft(code="certificates", name="Certificates", name_nl="Certificaten"),
        (
            ItemDraft(title="Nobody's certificate has expired or does so within sixty days",
                      title_nl="Van niemand is een certificaat verlopen of verloopt het binnen zestig dagen",
                      query="hr.certificates", given="soon=True", holds="len(result.rows) == 0"),
            ItemDraft(title="Certificates of servers and domains were renewed",
                      title_nl="Certificaten van servers en domeinen zijn vernieuwd"),
            ItemDraft(title="Certificates of the company were renewed",
                      title_nl="Certificaten van het bedrijf zijn vernieuwd"),
        ),
    ),
)  # fmt: skip
