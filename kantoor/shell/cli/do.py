"""`kantoor do`: perform any action, as the installation or as a user."""

import sys
from argparse import ArgumentParser, Namespace

from kantoor.kernel.console.answers import Answers
from kantoor.kernel.console.command import Command
from kantoor.kernel.console.words import _, said


def arguments(parser: ArgumentParser) -> None:
    """Which action, as whom, with what."""
    parser.add_argument("action", metavar="DEPARTMENT.ACTION", help=said(_("see kantoor actions")))
    parser.add_argument(
        "parameters", metavar="JSON", nargs="?", default="{}",
        help=said(_("parameters as a JSON object; - reads them from standard input")),
    )  # fmt: skip
    parser.add_argument(
        "--as", metavar="USER", dest="as_user", default="", help=said(_("act as this user"))
    )


def run(answers: Answers, options: Namespace) -> int | None:
    """Perform the action and give its result."""
    import msgspec

    from kantoor.kernel.actions.misfits import invalid
    from kantoor.kernel.actions.registry import action_named
    from kantoor.kernel.actions.runner import NeedsSecondPair
    from kantoor.kernel.errors import InvalidInput, NotFound
    from kantoor.shell.api.reading import fields_of

    declared = action_named(options.action.replace("-", "_"))
    if declared is None or declared.hidden:
        message = said(_("There is no action “{name}”; “kantoor actions” lists them."))
        raise NotFound(message.format(name=options.action))
    text = sys.stdin.read() if options.parameters == "-" else options.parameters
    try:
        given = msgspec.json.decode(text.encode(), type=declared.parameters)
    except msgspec.ValidationError as error:
        raise invalid(error) from None
    except (msgspec.DecodeError, RecursionError):
        raise InvalidInput(said(_("The parameters are not a JSON object."))) from None
    actor = answers.actor(options.as_user)
    try:
        result = declared.call(actor, **fields_of(given))
    except NeedsSecondPair as waiting:
        words = str(waiting.message)
        state = {"waiting": words, "approval_id": waiting.approval_id}
        answers.give(state, lambda: print(words))
        return None
    answers.give(_as_object(result), lambda: _tell(result))
    return None


def _as_object(result: object) -> object:
    """One JSON object: what is none by itself stands under `result`."""
    import msgspec

    plain = msgspec.to_builtins(result, enc_hook=str)
    return plain if isinstance(plain, dict) else {"result": plain}


def _tell(result: object) -> None:
    import msgspec

    if result is None:
        print(said(_("Done.")))
        return
    print(msgspec.json.format(msgspec.json.encode(result, enc_hook=str), indent=2).decode())


COMMANDS = (Command("do", _("Perform an action"), run, arguments),)
