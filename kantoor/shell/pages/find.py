"""Search and the command palette: records, pages and actions that one may open, in both languages."""

import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.encoding import force_str
from django.utils.translation import gettext as _
from django.utils.translation import override

from kantoor.kernel.actions.registry import Action, action_named, actions
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.pages.acts import url_of_action
from kantoor.kernel.pages.desk import desk_named, desks
from kantoor.kernel.pages.plans import plan_of
from kantoor.kernel.pages.search import found
from kantoor.kernel.pages.suggesting import suggester_named
from kantoor.kernel.pages.view import actor_of
from kantoor.kernel.ui.palette import PaletteGroup, PaletteItem

IN_PALETTE, ON_PAGE = 5, 20
LANGUAGES = ("en", "nl")
SHORTEST = 2
"""Fewer characters find pages and actions only: they would match half of every register."""


def search(request: HttpRequest) -> HttpResponse:
    """`/search?q=`: a page; with `format=palette` the part that the palette shows."""
    actor = actor_of(request)
    words = request.GET.get("q", "").replace("\0", " ").strip()[:100]  # no text has a NUL
    palette = request.GET.get("format") == "palette"
    groups = list(results(actor, words, IN_PALETTE if palette else ON_PAGE))
    context = {"groups": groups, "query": words, "title": _("Search")}
    return render(request, "ui/palette_results.html" if palette else "shell/search.html", context)


def suggestions(request: HttpRequest) -> HttpResponse:
    """`/suggestions?of=`: the options of a field for what was typed in it, as htmx asks for them.

    What was typed comes under the name of the field, which is in the header HX-Trigger-Name; or
    as `q`. What there is not, or not for the actor, suggests nothing.
    """
    suggester = suggester_named(request.GET.get("of", ""))
    typed = request.GET.get(request.headers.get("HX-Trigger-Name", "q"), "")
    offered = suggester.offered(actor_of(request), typed) if suggester else {}
    return render(request, "ui/form/offered.html", {"offered": list(offered.items())})


def results(actor: Actor, words: str, most: int) -> Iterator[PaletteGroup]:
    """What is found, in groups: what one can do, where one can go, and things."""
    if todo := _best(words, action_items(actor), most):
        yield PaletteGroup(_("Actions"), todo)
    if places := _best(words, page_items(actor), most):
        yield PaletteGroup(_("Pages"), places)
    if len(words) >= SHORTEST:
        yield from found(actor, words, most)


Named = tuple[PaletteItem, tuple[str, ...]]
"""An item with its names in every language."""


def action_items(actor: Actor) -> Iterator[Named]:
    """The actions that have a form which one may open, with the names they go by."""
    for action in actions():
        if _has_form(action) and actor.may(action.permission):
            desk = desk_named(action.department)
            hint = force_str(desk.known.title) if desk else ""
            item = PaletteItem(force_str(action.title), url_of_action(action.name), hint, "bolt")
            yield item, _names(action.name)


def _has_form(action: Action) -> bool:
    # Bulk forms are for lists and imports; what is asked about one thing stands on its page.
    return not action.hidden and not action.bulk_of and plan_of(action.name).in_palette


def page_items(actor: Actor) -> Iterator[Named]:
    """The pages that one may open, with the names they go by."""
    for desk in desks():
        for view in desk.open_views(actor):
            if view.in_menu:
                names = tuple(_in(language, view.title) for language in LANGUAGES)
                title = force_str(view.title)
                yield PaletteItem(title, view.url, force_str(desk.title), desk.icon), names


@lru_cache(maxsize=2048)
def _names(action: str) -> tuple[str, ...]:
    declared = action_named(action)
    return tuple(_in(language, declared.title) for language in LANGUAGES) if declared else ()


def _in(language: str, title: object) -> str:
    with override(language):
        return force_str(title)


def _best(words: str, named: Iterable[Named], most: int) -> list[PaletteItem]:
    """Those whose name has each of the words at the begin of a word; the shortest names first."""
    wanted = _plain(words).split()
    kept = [item for item, names in named if any(_matches(wanted, _plain(name)) for name in names)]
    if wanted:
        kept.sort(key=lambda item: (not _plain(item.title).startswith(wanted[0]), len(item.title)))
    return kept[:most]


def _matches(wanted: list[str], name: str) -> bool:
    return all(any(part.startswith(word) for part in name.split()) for word in wanted)


def _plain(text: str) -> str:
    """Lower case without accents, so that creme finds crème."""
    apart = unicodedata.normalize("NFKD", text.lower())
    return "".join(letter for letter in apart if not unicodedata.combining(letter))
