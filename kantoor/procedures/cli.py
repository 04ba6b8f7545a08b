"""`kantoor import procedure`: keep BPMN diagrams from files, and say of each what can't run."""

from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kantoor.kernel.console.answers import Answers
from kantoor.kernel.console.command import Command
from kantoor.kernel.console.words import _, said

if TYPE_CHECKING:
    from kantoor.kernel.actors.actor import Actor


def arguments(parser: ArgumentParser) -> None:
    """Which files, and whether they are published."""
    parser.add_argument(
        "files", metavar="FILE", type=Path, nargs="+", help=said(_("BPMN 2.0 diagrams"))
    )
    parser.add_argument(
        "--publish", action="store_true",
        help=said(_("let new instances begin by it, where all of it can run")),
    )  # fmt: skip


def run(answers: Answers, options: Namespace) -> int:
    """Keep each diagram; exit code 1 when one of them was not kept."""
    actor = answers.actor()
    found = []
    with answers.progress(said(_("Diagrams"))) as told:
        for n, path in enumerate(options.files, 1):
            found.append(_imported(actor, path, publish=options.publish))
            told(n, len(options.files))
    failed = sum(not each["ok"] for each in found)
    result = {"files": found, "ok": len(found) - failed, "failed": failed}
    answers.give(result, lambda: _show(found))
    return int(failed > 0)


def _imported(actor: "Actor", path: Path, *, publish: bool) -> dict[str, Any]:
    """What became of one file; one that can't be read is told like the others."""
    from kantoor.kernel.errors import DomainError
    from kantoor.procedures.actions.importing import import_procedure
    from kantoor.procedures.diagrams.opening import as_text

    told: dict[str, Any] = {"file": str(path), "ok": False, "what": "", "errors": []}
    try:
        content = as_text(path.read_bytes())
        imported = import_procedure(actor, content=content)
    except OSError as error:
        told["errors"] = [{"rule": "file", "message": error.strerror or str(error)}]
        return told
    except DomainError as refusal:
        told["errors"] = [{"rule": refusal.code, "message": _placed(refusal)}]
        return told
    told |= {"ok": True, "what": f"{imported.procedure} {imported.version}"}
    told["errors"] = [
        {"rule": each.rule, "message": f"{each.element}: {each.message}" if each.element else each.message}
        for each in imported.faults
        if each.level != "warning"
    ]  # fmt: skip
    if publish and not told["errors"]:
        told |= _published(actor, imported.procedure, imported.version)
    return told


def _published(actor: "Actor", procedure: str, version: int) -> dict[str, Any]:
    """Let new instances begin by it; it is kept also where that is refused."""
    from kantoor.kernel.errors import DomainError
    from kantoor.procedures.actions.importing import publish_version

    try:
        publish_version(actor, procedure=procedure, version=version)
    except DomainError as refusal:
        return {"errors": [{"rule": refusal.code, "message": str(refusal.message)}]}
    return {}


def _placed(refusal: Any) -> str:
    line = refusal.place.line
    if line is None:
        return str(refusal.message)
    return str(said(_("line {line}: {why}"))).format(line=line, why=refusal.message)


def _show(files: list[dict[str, Any]]) -> None:
    for each in files:
        state = said(_("kept")) if each["ok"] else said(_("not kept"))
        print(f"{each['file']}: {state}  {each['what']}")
        for error in each["errors"]:
            print(f"  {error['rule']}: {error['message']}")


COMMANDS = (
    Command(
        "import procedure", _("Keep BPMN diagrams, and say what of them can't run"), run, arguments
    ),
)
