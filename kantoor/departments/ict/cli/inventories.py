"""`kantoor import inventory`: take in inventories of agents from files, each by itself."""

from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from kantoor.kernel.console.answers import Answers
from kantoor.kernel.console.command import Command
from kantoor.kernel.console.words import _, said

if TYPE_CHECKING:
    from kantoor.departments.ict.drafts_devices import InventoryTaken
    from kantoor.kernel.actors.actor import Actor

SOME = 100
BYTES = 32 * 2**20
"""Files are handed over in lots of so many, or so many bytes."""


def arguments(parser: ArgumentParser) -> None:
    """Which files."""
    parser.add_argument(
        "files", metavar="FILE", type=Path, nargs="+",
        help=said(_("inventories of a GLPI or FusionInventory agent: JSON or XML, plain or packed")),
    )  # fmt: skip


def run(answers: Answers, options: Namespace) -> int:
    """Take in each file; exit code 1 when one was refused."""
    actor = answers.actor()
    found: list[InventoryTaken] = []
    with answers.progress(said(_("Inventories"))) as told:
        for lot in _lots(options.files):
            found += _taken(actor, lot)
            told(len(found), len(options.files))
    failed = sum(not each.ok for each in found)
    result = {"files": found, "ok": len(found) - failed, "failed": failed}
    answers.give(result, lambda: _show(found))
    return int(failed > 0)


def _lots(paths: list[Path]) -> list[list[Path]]:
    lots: list[list[Path]] = [[]]
    size = 0
    for path in paths:
        bytes_here = path.stat().st_size if path.is_file() else 0
        if lots[-1] and (len(lots[-1]) == SOME or size + bytes_here > BYTES):
            lots.append([])
            size = 0
        lots[-1].append(path)
        size += bytes_here
    return lots


def _taken(actor: "Actor", paths: list[Path]) -> "list[InventoryTaken]":
    """What became of each of these files; one that can't be opened is told like the others."""
    from kantoor.departments.ict.actions.devices.inventories import take_inventories
    from kantoor.departments.ict.drafts_devices import (
        IncomingInventory,
        InventoryError,
        InventoryTaken,
    )

    told: dict[int, InventoryTaken] = {}
    given: list[tuple[int, IncomingInventory]] = []
    for n, path in enumerate(paths):
        try:
            given.append((n, IncomingInventory(name=str(path), content=path.read_bytes())))
        except OSError as error:
            fault = InventoryError(rule="file", message=error.strerror or str(error))
            told[n] = InventoryTaken(
                file=str(path), ok=False, what="", verdict="refused", errors=[fault]
            )
    if given:
        found = take_inventories(actor, inventories=[each for _n, each in given]).files
        told |= {n: each for (n, _given), each in zip(given, found, strict=True)}
    return [told[n] for n in range(len(paths))]


def _show(files: "list[InventoryTaken]") -> None:
    for each in files:
        print(f"{each.file}: {each.verdict}  {', '.join(each.devices)}")
        for error in each.errors:
            print(f"  {error.rule}: {error.message}")


COMMANDS = (
    Command(
        "import inventory",
        _("Take in inventories of GLPI and FusionInventory agents"),
        run,
        arguments,
    ),
)
