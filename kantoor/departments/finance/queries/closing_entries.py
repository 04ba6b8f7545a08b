"""What closing entries took off income and expenses, so that a closed year still shows a result."""

from collections.abc import Sequence

from kantoor.departments.finance.queries.movements import Moved, Span, carrying
from kantoor.kernel.store.lookup import fetch


def closing_entries(
    company_id: int, spans: Sequence[Span], dimension: str = ""
) -> dict[int, list[Moved]]:
    """What each account moved in the entries of closing journals, for each span.

    One statement; it reads the lines of closing entries alone, of which there are few.
    """
    columns: list[str] = []
    params: list[object] = []
    for span in spans:
        conditions = ["1 = 1"]
        bounds = []
        for sign, bound in ((">=", span.start), ("<=", span.end)):
            if bound is not None:
                conditions.append(f"line.date {sign} %s")
                bounds.append(bound.isoformat())
        condition = " AND ".join(conditions)
        for sign in (">", "<"):
            columns.append(
                f"CAST(SUM(CASE WHEN {condition} AND line.amount {sign} 0"
                " THEN ABS(line.amount) ELSE 0 END) AS bigint)"
            )
            params.extend(bounds)
    only, carried = carrying("line.dimension_set_id", company_id, dimension)
    rows = fetch(
        f"SELECT line.account_id, {', '.join(columns)} FROM finance_journal journal"  # noqa: S608
        " JOIN finance_entry entry ON entry.journal_id = journal.id"
        " JOIN finance_line line ON line.entry_id = entry.id"
        " WHERE journal.company_id = %s AND journal.kind = 'closing'"
        f"{only} GROUP BY line.account_id",
        [*params, company_id, *carried],
    )
    return {
        account_id: [Moved(*pair) for pair in zip(sums[::2], sums[1::2], strict=True)]
        for account_id, *sums in rows
    }
