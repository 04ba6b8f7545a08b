"""Rows of reports that a company lays out itself, for tests that go through all tables."""

from kantoor.departments.finance.actions.reporting import keep_layout
from kantoor.departments.finance.queries.reporting.layouts import standard_rows, written
from kantoor.kernel.actors.actor import Actor


def reporting(anne: Actor) -> None:
    """Two versions of a layout."""
    for _version in (1, 2):
        keep_layout(
            anne,
            code="board",
            name_en="Board",
            statement="profit_and_loss",
            definition=written(standard_rows("profit_and_loss")),
        )
