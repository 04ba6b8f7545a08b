"""Where assets stand as their events and movements say: what the kept values are proved against."""

from collections.abc import Iterable
from datetime import date

from kantoor.departments.finance.queries.assets.standing import Standing, standings_of
from kantoor.kernel.store.lookup import rows_by_key

VALUES = """
SELECT asset.id, asset.company_id, last.terms_id, COALESCE(sums.cost, 0),
    COALESCE(sums.accumulated, 0), COALESCE(sums.reserve, 0), COALESCE(done.accumulated, 0),
    CAST(done_until.until AS text),
    CASE WHEN COALESCE(sums.cost, 0) = 0 THEN CAST(last.date AS text) END
FROM finance_asset asset
JOIN finance_asset_event last ON last.id = (
    SELECT MAX(event.id) FROM finance_asset_event event WHERE event.asset_id = asset.id)
LEFT JOIN (SELECT asset_id, SUM(cost) AS cost, SUM(accumulated) AS accumulated,
    SUM(reserve) AS reserve FROM finance_asset_movement GROUP BY asset_id) sums
    ON sums.asset_id = asset.id
LEFT JOIN (SELECT asset_id, terms_id, SUM(accumulated) AS accumulated
    FROM finance_asset_movement WHERE kind = 'depreciation' GROUP BY asset_id, terms_id) done
    ON done.asset_id = asset.id AND done.terms_id = last.terms_id
LEFT JOIN (SELECT movement.asset_id, MAX(movement.until) AS until
    FROM finance_asset_movement movement
    WHERE movement.until IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM finance_depreciation_run undo
        WHERE undo.reverses_id = movement.run_id)
    AND NOT EXISTS (SELECT 1 FROM finance_asset_event undo
        WHERE undo.undoes_id = movement.event_id)
    GROUP BY movement.asset_id) done_until
    ON done_until.asset_id = asset.id
"""
"""The value of every asset, made up from its events and movements."""


def after_movements(company_id: int, asset_ids: Iterable[int]) -> list[Standing]:
    """Where these assets stand, made up anew."""
    keys = sorted(set(asset_ids))
    found = rows_by_key(f"{VALUES} WHERE asset.id IN ({{}})", [], keys)
    numbers = rows_by_key("SELECT id, number FROM finance_asset WHERE id IN ({})", [], keys)
    kept = standings_of(company_id, list(numbers.values()))
    made = []
    for key in keys:
        _company, terms_id, cost, accumulated, reserve, done, until, disposed = found[key]
        made.append(
            kept[numbers[key]]._replace(
                terms_id=terms_id,
                cost=int(cost),
                accumulated=int(accumulated),
                reserve=int(reserve),
                depreciated=int(done),
                until=date.fromisoformat(until) if until else None,
                disposed_on=date.fromisoformat(disposed) if disposed else None,
            )
        )
    return made
