"""Allocation keys as pages: the keys, what they would distribute, and what they did."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.queries.allocations.due import allocation_due
from kantoor.departments.finance.queries.allocations.register import (
    allocation_keys,
    allocation_runs,
)
from kantoor.departments.finance.queries.sources import Sources
from kantoor.departments.finance.web.figures import entry_url, money, url_of
from kantoor.departments.finance.web.statements import last_day_in_use
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.pages.acts import act_for, url_of_action
from kantoor.kernel.pages.columns import Col
from kantoor.kernel.pages.list_view import Empty, ListView
from kantoor.kernel.pages.report_view import Report, ReportView, Span
from kantoor.kernel.ui.listing import Act
from kantoor.kernel.ui.listing import Empty as NoRows
from kantoor.kernel.ui.report_page import ReportColumn, ReportRow, Verdict

BASES = {
    "percentage": _("By percentage"),
    "figures": _("By figures, such as heads or square metres"),
    "balances": _("By balances of accounts"),
}

KEYS = ListView(
    key="finance.allocation_keys",
    title=_("Allocation keys"),
    query=allocation_keys,
    columns=[
        Col(key="code", title=_("Code"), phone="meta"),
        Col(key="name", title=_("Name"), phone="title"),
        Col(key="accounts", title=_("Accounts")),
        Col(
            key="dimension", title=_("Dimension"), value=lambda row: row.dimension.replace("_", " ")
        ),
        Col(key="source", title=_("From value"), default=False),
        Col(key="basis", title=_("Basis"), value=lambda row: BASES[row.basis]),
        Col(
            key="shares",
            title=_("Shares"),
            value=lambda row: ", ".join(
                f"{value} {weight.normalize():f}" if weight else value
                for value, weight in row.shares.items()
            ),
        ),
    ],
    row_url=lambda row: url_of_action("finance.set_allocation_shares", {"key": row.code}),
    muted=lambda row: not row.active,
    new="finance.add_allocation_key",
    more=lambda actor: [
        Act(gettext("What is to be distributed"), "/finance/allocation-due", icon="list-check"),
        Act(gettext("What was distributed"), "/finance/allocations", icon="history"),
        act_for(actor, "finance.retire_allocation_key", icon="archive"),
    ],
    empty=Empty(
        _("No allocation keys yet"),
        _("Distribute shared costs, such as rent, over cost centres by square metres or heads."),
        icon="tags",
    ),
)


def make_due(actor: Actor, span: Span) -> Report:
    """What the keys would distribute in the period, with the button that does it."""
    found = allocation_due(actor, on=span.end)
    rows: list[ReportRow] = []
    for key in dict.fromkeys(row.key for row in found.rows):
        several = [row for row in found.rows if row.key == key]
        rows.append(ReportRow(key, kind="heading"))
        for row in several:
            source = Sources(account=row.account, start=found.start, end=found.end)
            label = f"{row.value} {row.value_name}" if row.value_name != row.value else row.value
            figure = money(actor, row.amount, url_of(source))
            rows.append(ReportRow(label, [figure], code=row.account, level=1))
        total = money(actor, sum(row.amount for row in several))
        rows.append(ReportRow(gettext("Total"), [total], kind="subtotal"))
    act = act_for(
        actor, "finance.post_allocations", label=_("Distribute"), key="p", icon="check",
        at_once=True, on=found.end,
    )  # fmt: skip
    return Report(
        columns=[ReportColumn(gettext("To be distributed"))],
        rows=rows,
        subtitle=gettext("As the keys would distribute %(period)s; nothing is posted yet.")
        % {"period": found.period},
        verdict=Verdict(False, " ".join(found.faults)) if found.faults else None,
        main_action=act if found.rows and not found.faults else None,
        empty=NoRows(gettext("Nothing is to be distributed in this period"), icon="check"),
    )


DUE = ReportView(
    key="finance.allocation_due",
    title=_("Costs to be distributed"),
    query=allocation_due,
    make=make_due,
    first_period=last_day_in_use,
    at_end=True,
    in_menu=False,
)
RUNS = ListView(
    key="finance.allocations",
    title=_("What was distributed"),
    query=allocation_runs,
    columns=[
        Col(key="number", title=_("Number"), sort=True, phone="meta"),
        Col(key="name", title=_("Key"), phone="title"),
        Col(key="period", title=_("Period"), phone="meta"),
        Col(key="entry", title=_("Entry"), kind="link", url=lambda row: entry_url(row.entry)),
        Col(key="reverses", title=_("Takes back")),
        Col(key="reversed_by", title=_("Taken back by")),
        Col(key="amount", title=_("Amount"), kind="money", phone="figure"),
    ],
    sort="-number",
    row_url=lambda row: entry_url(row.entry),
    muted=lambda row: bool(row.reverses or row.reversed_by),
    main=lambda actor: Act(gettext("See what is due"), DUE.url, key="n", icon="list-check"),
    more=lambda actor: [act_for(actor, "finance.reverse_allocation", icon="arrow-back-up")],
    empty=Empty(
        _("Nothing was distributed yet"),
        _("See what the keys would distribute, and post it at once."),
        icon="tags",
        act=lambda actor: Act(gettext("See what is due"), DUE.url, icon="list-check"),
    ),
    in_menu=False,
)
