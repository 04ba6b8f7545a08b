"""`kantoor openapi`: the OpenAPI 3.1 document of the API."""

from argparse import Namespace

from kantoor.kernel.console.answers import Answers
from kantoor.kernel.console.command import Command
from kantoor.kernel.console.words import _


def run(answers: Answers, options: Namespace) -> None:
    """Print the document; it is JSON with or without `--json`."""
    import msgspec

    from kantoor.shell.api.openapi import document

    found = document()
    pretty = msgspec.json.format(msgspec.json.encode(found, enc_hook=str), indent=2).decode()
    answers.give(found, lambda: print(pretty))


COMMANDS = (
    Command("openapi", _("Print the OpenAPI document of the API"), run, needs_company=False),
)
