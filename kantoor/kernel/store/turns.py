"""Let one transaction at a time do what no row stands for that could be locked."""

from kantoor.kernel.store.raw import on_postgres, run


def take_turn(name: str) -> None:
    """Wait until no other transaction has the turn of this name, and have it until the commit.

    What is read after it is as the one before left it. SQLite has one writer at a time anyway.
    """
    if on_postgres():
        run("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [name])
