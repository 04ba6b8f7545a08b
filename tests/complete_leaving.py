"""Rows of importing another administration, for tests that go through all tables."""

from kantoor.departments.finance.actions.leaving import import_ledger
from kantoor.departments.finance.queries.leaving.answers import LedgerFile
from kantoor.kernel.actors.actor import Actor


def leaving(anne: Actor) -> None:
    """Two files of another program."""
    for day in (1, 2):
        text = f"2012-01-0{day} Begin\n  Assets:Old  EUR 1.00\n  Equity:Old\n"
        import_ledger(anne, files=[LedgerFile(f"old-{day}.journal", text.encode())])
