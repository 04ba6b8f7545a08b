"""`kantoor heads`: sign the record's head and hand it out, so that nobody can rewrite it later."""

from argparse import ArgumentParser, Namespace
from datetime import UTC, datetime

from kantoor.kernel.console.answers import Answers
from kantoor.kernel.console.command import Command
from kantoor.kernel.console.words import _, said


def arguments(parser: ArgumentParser) -> None:
    """The latest head, all of them, or the key to check them with."""
    parser.add_argument("--list", action="store_true", help=said(_("list those signed before")))
    parser.add_argument("--key", action="store_true", help=said(_("print the record's public key")))


def run(answers: Answers, options: Namespace) -> None:
    """Print the head as it is now, signed; give it to your auditor, or keep it elsewhere."""
    from kantoor.kernel.record.keyring import secrets
    from kantoor.kernel.record.signing import latest_head_note, sign_head, signed_heads

    if options.key:
        key = secrets().verifier
        answers.give({"key": key}, lambda: print(key))
        return
    if options.list:
        heads = [
            {"size": each.size, "at": _moment(each.at), "note": each.note}
            for each in signed_heads(1000)
        ]
        rows = [[each["size"], each["at"]] for each in heads]
        columns = [said(_("acts")), said(_("signed"))]
        answers.give({"heads": heads}, lambda: answers.table(columns, rows, right="r "))
        return
    sign_head()
    note = latest_head_note()
    answers.give({"note": note}, lambda: print(note, end=""))


def _moment(microseconds: int) -> str:
    at = datetime.fromtimestamp(microseconds / 1_000_000, UTC)
    return at.isoformat(timespec="seconds").replace("+00:00", "Z")


COMMANDS = (Command("heads", _("Sign the record's head and hand it out"), run, arguments),)
