"""Moving running instances to another version: the dry run as a page, with what is to be decided."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import URLPattern
from django.utils.http import urlencode
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import DomainError
from kantoor.kernel.pages.view import View, actor_of
from kantoor.kernel.ui.cells import Link
from kantoor.kernel.ui.formats import number
from kantoor.kernel.ui.listing import Act, Empty
from kantoor.kernel.ui.toasts import Toast, say
from kantoor.procedures.actions.migrating import MoveOutcome, move_instances
from kantoor.procedures.department import MANAGE
from kantoor.procedures.queries.moves import Decision, MovePlan, Undecided, move_plan
from kantoor.procedures.queries.procedures import ProcedureShown
from kantoor.procedures.web import words
from kantoor.procedures.web.register.lists import REGISTER


@dataclass(frozen=True, kw_only=True)
class Choice:
    """A place for which it is decided where its instances go on.

    Who stands at one element goes on at one, whatever the version: `asks` is false for further
    versions with the same element. `open` says that its instances stay, as decided now.
    """

    place: Undecided
    instances: list[Link]
    others: int
    asks: bool
    targets: list[tuple[str, str, bool]]
    open: bool


@dataclass(frozen=True, kw_only=True)
class Shown:
    """The page: its head, and what it asks."""

    title: str
    breadcrumb: Sequence[Link]
    main_action: Act | None
    said: str
    choices: Sequence[Choice]
    empty: Empty | None


@dataclass(frozen=True, kw_only=True)
class MoveInstances(View):
    """The page at `/procedures/move/KEY/VERSION`; what is decided stands in its address."""

    def look(self, request: HttpRequest, key: str, version: int) -> HttpResponse:
        """The dry run; sent, the instances are moved, and what is left is shown."""
        actor = actor_of(request)
        if request.method == "POST":
            return self._move(request, actor, key, version)
        decisions = _decided(request.GET.getlist("decisions"))
        found = move_plan(actor, procedure=key, to=version, decisions=decisions)
        # Without what was decided, so that a decision can be seen and taken back.
        whole = move_plan(actor, procedure=key, to=version) if decisions else found
        page = Shown(
            title=gettext("Move running instances to version {n}").format(n=version),
            breadcrumb=[Link(str(REGISTER.title), REGISTER.url), Link(key, words.procedure_url(key))],
            main_action=_main(key, version, found, decisions),
            said=said_of(found),
            choices=_choices(whole, found, decisions),
            empty=None if found.count else _nothing(key, version),
        )  # fmt: skip
        return render(
            request, "procedures/move.html", {"page": page, "url": move_url(key, version)}
        )

    def _move(self, request: HttpRequest, actor: Actor, key: str, version: int) -> HttpResponse:
        decisions = _decided(request.POST.getlist("decisions"))
        pairs = [Decision(element=each.partition("=")[0], to=each.partition("=")[2]) for each in decisions]  # fmt: skip
        try:
            outcome = move_instances(actor, procedure=key, to=version, decisions=pairs)
        except DomainError as refusal:
            say(request, Toast(str(refusal.message), "bad"))
            return HttpResponseRedirect(move_url(key, version, decisions))
        say(request, _told(outcome))
        return HttpResponseRedirect(move_url(key, version))

    def routes(self) -> list[URLPattern]:
        """Its one address."""
        return [self.route("<str:key>/<int:version>", self.look)]


def move_url(key: str, version: int, decisions: Sequence[str] = ()) -> str:
    """The dry run of moving to a version, with what is decided."""
    asked = urlencode([("decisions", each) for each in decisions])
    address = f"{MOVE.url}/{quote(key)}/{version}"
    return f"{address}?{asked}" if asked else address


def move_act(actor: Actor, shown: ProcedureShown) -> Act | None:
    """The way to the dry run, where instances run by other versions than the published one."""
    published = shown.row.published
    if published is None or not actor.may(MANAGE):
        return None
    if not any(each.running for each in shown.versions if each.number != published):
        return None
    return Act(
        gettext("Move running instances"),
        move_url(shown.row.key, published),
        icon="arrows-exchange",
    )


def said_of(found: MovePlan) -> str:
    """How many move and how many do not, in one sentence."""
    left = found.count - found.moving
    count, moving, rest = number(found.count), number(found.moving), number(left)
    if not left:
        said = ngettext("{n} instance, and it moves.", "{n} instances, and all move.", found.count)
        return said.format(n=count)
    said = ngettext(
        "{n} instance: {moving} move, {left} needs a decision.",
        "{n} instances: {moving} move, {left} need a decision.",
        found.count,
    )
    return said.format(n=count, moving=moving, left=rest)


def _decided(asked: Sequence[str]) -> list[str]:
    """What is decided of what the form sent: an element with where it goes on."""
    return [each for each in asked if all(each.partition("="))]


def _choices(whole: MovePlan, found: MovePlan, decisions: Sequence[str]) -> list[Choice]:
    still = {(each.version, each.element) for each in found.undecided}
    known = {(each.version, each.element) for each in whole.undecided}
    more = [each for each in found.undecided if (each.version, each.element) not in known]
    seen: set[str] = set()
    answer = []
    for each in [*whole.undecided, *more]:
        targets = [
            (f"{each.element}={to}", name, f"{each.element}={to}" in decisions)
            for to, name in found.targets.items()
        ]
        answer.append(
            Choice(
                place=each,
                instances=[Link(str(one), words.instance_url(one)) for one in each.instances],
                others=each.count - len(each.instances),
                asks=each.element not in seen,
                targets=targets,
                open=(each.version, each.element) in still,
            )
        )
        seen.add(each.element)
    return answer


def _main(key: str, version: int, found: MovePlan, decisions: Sequence[str]) -> Act | None:
    if not found.moving:
        return None
    said = ngettext("Move {n} instance", "Move {n} instances", found.moving)
    return Act(
        said.format(n=number(found.moving)),
        move_url(key, version),
        method="post",
        icon="arrows-exchange",
        tone="main",
        fields=[("decisions", each) for each in decisions],
    )


def _told(outcome: MoveOutcome) -> Toast:
    moved, left = outcome.moved, len(outcome.left)
    said = ngettext("{n} instance moved.", "{n} instances moved.", moved).format(n=number(moved))
    if left:
        stays = ngettext("{n} is left as it was.", "{n} are left as they were.", left)
        said = f"{said} {stays.format(n=number(left))}"
    return Toast(said, "good" if moved else "info")


def _nothing(key: str, version: int) -> Empty:
    back = Act(gettext("Back to the procedure"), words.procedure_url(key), icon="sitemap")
    text = gettext("All that is under way goes by version {n}.").format(n=version)
    return Empty(gettext("Nothing runs by another version"), text, back, "sitemap")


MOVE = MoveInstances(
    key="procedures.move", title=_("Move running instances"), permission=MANAGE, in_menu=False
)
