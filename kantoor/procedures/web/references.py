"""Where things of procedures are found: in the record, in causes, in messages."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext_lazy as _

from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.pages.past import leave_unsaid
from kantoor.kernel.pages.references import page_of
from kantoor.kernel.ui.cells import Link
from kantoor.procedures.queries import keys as known
from kantoor.procedures.web import words

leave_unsaid(
    "procedures.instance",
    "tokens",
    "known",
    "undo",
    "calls",
    "changed_at",
    "state",
    "version",
)
leave_unsaid(
    "procedures.task",
    "token",
    "pool",
    "whose",
    "barred",
    "state",
    "done_by",
    "deputy_for",
    "escalated_at",
)
leave_unsaid("procedures.procedure", "published", "account", "start_role")
leave_unsaid("procedures.version", "faults", "drawing")


def _numbers(keys: Sequence[str]) -> list[int]:
    return [int(key) for key in keys if key.isdecimal() and len(key) < 19]


@page_of("procedures.instance", title=_("Procedure under way"))
def instance_pages(actor: Actor, keys: Sequence[str]) -> Mapping[str, Link]:
    """The pages of instances."""
    found = known.instance_names(actor, keys=_numbers(keys))
    return {str(k): Link(title, words.instance_url(number)) for k, (number, title) in found.items()}


@page_of("procedures.heard_event", title=_("Event"))
def heard_event_pages(actor: Actor, keys: Sequence[str]) -> Mapping[str, Link]:
    """Events have no page of their own: their name says what was told."""
    found = known.heard_event_names(actor, keys=_numbers(keys))
    return {str(key): Link(name, "") for key, name in found.items()}


@page_of("procedures.task", title=_("Task"))
def task_pages(actor: Actor, keys: Sequence[str]) -> Mapping[str, Link]:
    """The pages of tasks."""
    found = known.task_names(actor, keys=_numbers(keys))
    return {str(key): Link(title, words.task_url(key)) for key, title in found.items()}


@page_of("procedures.procedure", title=_("Procedure"))
def procedure_pages(actor: Actor, keys: Sequence[str]) -> Mapping[str, Link]:
    """The pages of procedures."""
    found = known.procedure_names(actor, keys=_numbers(keys))
    return {str(k): Link(name, words.procedure_url(key)) for k, (key, name) in found.items()}


@page_of("procedures.version", title=_("Version"))
def version_pages(actor: Actor, keys: Sequence[str]) -> Mapping[str, Link]:
    """The pages of versions."""
    found = known.version_names(actor, keys=_numbers(keys))
    return {
        str(k): Link(f"{name} {number}", words.version_url(key, number))
        for k, (key, name, number) in found.items()
    }


@page_of("procedures.team", title=_("Team"))
def team_pages(actor: Actor, keys: Sequence[str]) -> Mapping[str, Link]:
    """Teams have no page of their own: their list."""
    found = known.team_names(actor, keys=_numbers(keys))
    return {str(key): Link(name, "/procedures/teams") for key, name in found.items()}


@page_of("procedures.stand_in", title=_("Standing in"))
def stand_in_pages(actor: Actor, keys: Sequence[str]) -> Mapping[str, Link]:
    """Who stands in, in the list of them."""
    found = known.stand_in_names(actor, keys=_numbers(keys))
    return {str(key): Link(name, "/procedures/standing-in?over=1") for key, name in found.items()}


@page_of("procedures.mention", title=_("Mention"))
def mention_pages(actor: Actor, keys: Sequence[str]) -> Mapping[str, Link]:
    """The instance at which one was named."""
    found = known.mention_instances(actor, keys=_numbers(keys))
    return {str(k): Link(title, words.instance_url(number)) for k, (number, title) in found.items()}
