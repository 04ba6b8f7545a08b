"""`kantoor actions`: everything that can be done, with its permission and parameters."""

from argparse import ArgumentParser, Namespace
from typing import Any

from kantoor.kernel.console.answers import Answers
from kantoor.kernel.console.command import Command
from kantoor.kernel.console.words import _, said


def arguments(parser: ArgumentParser) -> None:
    """Which actions to list."""
    parser.add_argument("name", nargs="?", default="", help=said(_("department or action")))


def run(answers: Answers, options: Namespace) -> None:
    """List the actions; as JSON with the schema of their parameters."""
    from django.utils.encoding import force_str

    from kantoor.kernel.actions.registry import Action
    from kantoor.kernel.actions.registry import actions as every_action
    from kantoor.kernel.errors import NotFound

    def wanted(action: Action) -> bool:
        return not action.hidden and options.name in ("", action.name, action.department)

    found = [action for action in every_action() if wanted(action)]
    if not found:
        raise NotFound(said(_("There is no such action.")), field=options.name)
    listed = [
        {
            "name": action.name,
            "title": force_str(action.title),
            "permission": action.permission,
            "summary": action.summary(),
            "parameters": _schema(action) if answers.json else None,
        }
        for action in found
    ]
    if len(found) == 1 and not answers.json:
        answers.give(listed, lambda: _tell_one(found[0]))
        return
    rows = [[each["name"], each["title"], each["permission"]] for each in listed]
    heads = [said(_("action")), said(_("title")), said(_("permission"))]
    answers.give({"actions": listed}, lambda: answers.table(heads, rows))


def _tell_one(action: Any) -> None:
    import msgspec
    from django.utils.encoding import force_str

    print(f"{action.name}: {force_str(action.title)}")
    print(action.summary())
    print(said(_("Permission: {permission}")).format(permission=action.permission))
    print(msgspec.json.format(msgspec.json.encode(_schema(action)), indent=2).decode())


def _schema(action: Any) -> dict[str, Any]:
    """The JSON schema of an action's parameters."""
    import msgspec

    found = msgspec.json.schema(action.parameters, schema_hook=lambda _kind: {"type": "string"})
    name = found["$ref"].rpartition("/")[2]
    own = found["$defs"].pop(name)
    return {**own, "$defs": found["$defs"]} if found["$defs"] else own


COMMANDS = (
    Command("actions", _("List what can be done, with parameters"), run, arguments,
            needs_company=False),
)  # fmt: skip
