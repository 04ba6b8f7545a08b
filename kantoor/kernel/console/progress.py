"""A progress bar on standard error, for a person who waits."""

from collections.abc import Iterator
from contextlib import contextmanager

from kantoor.kernel.console.answers import Told


@contextmanager
def shown(title: str) -> Iterator[Told]:
    """Show a bar until the work is done, then leave no trace of it."""
    from rich.console import Console  # only here: a server shows no bar, and need not load it
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn(title), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(title, total=None)

        def told(done: int, total: int | None = None) -> None:
            bar.update(task, completed=done, total=total)

        yield told
