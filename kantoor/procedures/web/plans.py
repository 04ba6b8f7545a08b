"""What the forms of procedures need beyond the signatures of their actions."""

from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.actors.registers import roles
from kantoor.kernel.errors import DomainError
from kantoor.kernel.pages.plans import Given, Plan, plan
from kantoor.kernel.pages.words import name_field
from kantoor.kernel.ui.form_page import Consequence
from kantoor.procedures.queries.instances import instance
from kantoor.procedures.queries.people import teams
from kantoor.procedures.web.asking import PEOPLE


def _roles(actor: Actor) -> dict[str, str]:
    try:
        return {role.code: role.name for role in roles(actor)}
    except DomainError:
        return {}


def _members_now(actor: Actor, given: Given) -> Given:
    """Who is in the team that the address names."""
    code = str(given.get("team") or "")
    rows = teams(actor, search=code).rows if code else []
    return {"members": next((row.sign_ins for row in rows if row.code == code), [])}


def _what_is_undone(actor: Actor, given: Given) -> Consequence | None:
    """What calling an instance off does, and what of it can't be undone."""
    try:
        shown = instance(actor, number=int(given.get("instance") or 0))
    except (DomainError, ValueError, TypeError):
        return None
    said = gettext("“{title}” stops, and can't go on any more.").format(title=shown.row.title)
    open_tasks = [each.name for each in shown.standing if each.kind == "task"]
    items = [gettext("“{name}” is not needed any more").format(name=name) for name in open_tasks]
    if shown.undoable:
        items.append(gettext("What it did that can be undone is undone, the last first"))
    return Consequence(said, items)


def _until(_actor: Actor, _result: Any) -> str:
    return "/procedures/standing-in"


plan("procedures.call_off", Plan(kinds={"instance": "hidden"}, consequence=_what_is_undone,
                                 submit=_("Call it off"), in_palette=False))  # fmt: skip
plan("procedures.skip_step", Plan(kinds={"wait": "hidden"}, submit=_("Go on"), in_palette=False))
plan("procedures.hand_task_on", Plan(kinds={"task": "hidden"}, suggestions={"user": PEOPLE},
                                     submit=_("Hand it on"), in_palette=False))  # fmt: skip
plan("procedures.comment_on", Plan(kinds={"instance": "hidden", "text": "lines_of_text"},
                                   in_palette=False))  # fmt: skip
plan("procedures.let_stand_in", Plan(suggestions={"deputy": PEOPLE, "instead_of": PEOPLE},
                                     goes_to=_until, submit=_("Let them stand in")))  # fmt: skip
plan("procedures.end_stand_in", Plan(kinds={"stand_in": "hidden"}, goes_to=_until,
                                     submit=_("End it"), in_palette=False))  # fmt: skip
plan("procedures.set_team_members", Plan(prefill=_members_now, in_palette=False))
plan("procedures.give_procedure_role", Plan(choices={"role": _roles}, in_palette=False))
plan("procedures.end_procedure_role", Plan(choices={"role": _roles}, in_palette=False))
for _verb in (
    "claim_task", "claim_tasks", "complete_task", "complete_tasks", "import_procedure",
    "import_procedures", "move_instances", "publish_version", "put_task_back", "retire_procedure", "see_mention",
    "see_mentions", "start_procedure", "start_procedures", "try_again",
):  # fmt: skip
    plan(f"procedures.{_verb}", Plan(in_palette=False))

name_field("deputy", _("Stands in"), _("What this colleague signs in as."))
name_field("instead_of", _("For"), _("Empty is for yourself."))
name_field("procedures.let_stand_in:first", _("First day"))
name_field("procedures.let_stand_in:last", _("Last day"))
name_field("procedures.hand_task_on:user", _("To whom"), _("What this colleague signs in as."))
name_field("procedures.skip_step:why", _("How it was dealt with"))
name_field(
    "procedures.add_team:members", _("Members"), _("What they sign in as, with a space between.")
)
name_field(
    "procedures.set_team_members:members",
    _("Members"),
    _("What they sign in as, with a space between."),
)
name_field("team", _("Team"))
name_field("task", _("Task"))
name_field("tasks", _("Tasks"))
name_field("procedure", _("Procedure"), _("Its key."))
name_field("version", _("Version"))
name_field("instance", _("Number of the procedure under way"))
name_field("procedures.comment_on:text", _("What you say"))
name_field("waits", _("What failed"))
name_field("content", _("Diagram"), _("A BPMN 2.0 file as text."))
name_field("publish", _("Publish it at once"))
name_field("ended_at", _("Ended"))
name_field("published_at", _("First published"))
name_field("retired_at", _("Taken out of use"))
name_field("procedures.task:due_at", _("Due"))
name_field("procedures.task:title", _("Title"))
name_field("procedures.instance:title", _("Title"))
