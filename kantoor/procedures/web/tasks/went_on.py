"""Where one comes after a task, and how it is told where the procedure went on."""

from django.http import HttpRequest
from django.utils.translation import gettext

from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import DomainError
from kantoor.kernel.ui.toasts import Toast, say
from kantoor.procedures.queries.instances import InstanceShown, Standing, instance
from kantoor.procedures.queries.tasks import TaskShown, task, tasks_left
from kantoor.procedures.web import words

FEW = 3
"""So many places are named; of more it is said how many."""


def onwards(request: HttpRequest, actor: Actor, before: TaskShown) -> str:
    """Say how it went on, and give where one goes: what of it is one's own next, else the list."""
    row = before.row
    if (approval := _waits_for_approval(actor, row.id)) is not None:
        said = gettext("“{title}” is asked, and waits until a second person has seen it.")
        words_of_it = said.format(title=row.title)
        say(request, Toast(words_of_it, "info", gettext("See the request"), approval))
        return words.task_url(row.id)
    mine = tasks_left(actor, instance=row.instance)
    if mine:
        said = gettext("“{title}” is done. Next: “{following}”.")
        say(request, Toast(said.format(title=row.title, following=mine[0].title)))
        return words.task_url(mine[0].id)
    done = gettext("“{title}” is done.").format(title=row.title)
    try:
        shown = instance(actor, number=row.instance)
    except DomainError:
        say(request, Toast(done))
        return "/procedures/tasks"
    open_it = (gettext("Open it"), words.instance_url(row.instance))
    say(request, Toast(f"{done} {how_it_goes_on(shown)}", "good", *open_it))
    return "/procedures/tasks"


def _waits_for_approval(actor: Actor, key: int) -> str | None:
    try:
        shown = task(actor, task=key)
    except DomainError:
        return None
    return words.approval_url(shown.approval) if shown.approval is not None else None


def how_it_goes_on(shown: InstanceShown) -> str:
    """Where an instance stands now, as a sentence."""
    title = shown.row.title
    if shown.row.state == "ended":
        return gettext("With it “{title}” has ended.").format(title=title)
    if shown.row.state == "called_off":
        return gettext("“{title}” was called off.").format(title=title)
    if not shown.standing:
        return gettext("“{title}” goes on.").format(title=title)
    places = ", ".join(_place(each) for each in shown.standing[:FEW])
    if len(shown.standing) > FEW:
        places = gettext("{places} and {count} more").format(
            places=places, count=len(shown.standing) - FEW
        )
    return gettext("“{title}” goes on at {places}.").format(title=title, places=places)


def _place(each: Standing) -> str:
    if each.kind == "failed":
        return gettext("“{name}”, which failed").format(name=each.name)
    return f"“{each.name}” ({each.who})" if each.who else f"“{each.name}”"
