"""Bulk actions of a list: through the bulk action itself, with one answer for all the rows."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import msgspec
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.encoding import force_str
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_POST

from kantoor.kernel.actions.registry import Action
from kantoor.kernel.actions.runner import NeedsSecondPair
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import DomainError, InvalidInput, NotAllowed, Refusals
from kantoor.kernel.outcome import Outcome
from kantoor.kernel.pages import shapes
from kantoor.kernel.pages.acts import known_action
from kantoor.kernel.pages.columns import value_of
from kantoor.kernel.pages.references import links
from kantoor.kernel.pages.view import actor_of
from kantoor.kernel.ui.address import Address
from kantoor.kernel.ui.cells import Link
from kantoor.kernel.ui.listing import BulkAct, BulkAnswer, Refused
from kantoor.kernel.ui.toasts import Toast, say

if TYPE_CHECKING:
    from kantoor.kernel.pages.list_view import ListView

MOST = 20_000
"""The most rows that one bulk action is done to from a page."""
PASSED = ("csrfmiddlewaretoken", "selected", "everything")


@dataclass(frozen=True, kw_only=True)
class Bulk:
    """An action on the selected rows: `parameter` is the one that takes their keys.

    Other parameters without a default are asked in a form first; `given` are those always said.
    With `as_seen` it takes the names of the rows as they were shown (`ListView.row_seen`) in place of
    their keys, so that it can refuse what changed since; then it is done to no row that was not shown.
    `answer` makes one answer of the result and the selected keys, for actions that may leave some
    alone and don't give an Outcome.
    """

    action: str
    parameter: str
    label: Any = ""
    icon: str = ""
    tone: Any = ""
    given: Mapping[str, Any] = field(default_factory=dict)
    as_seen: bool = False
    answer: Callable[[Any, Sequence[str]], Outcome] | None = None

    @property
    def declared(self) -> Action:
        """The action."""
        return known_action(self.action)

    @property
    def slug(self) -> str:
        """Its name in the address."""
        return self.action.replace(".", "-").replace("_", "-")

    def shown(self, actor: Actor, url: str) -> BulkAct | None:
        """The button; None when the actor may not do it."""
        if not actor.may(self.declared.permission):
            return None
        label = force_str(self.label or self.declared.title)
        return BulkAct(label, f"{url}/bulk/{self.slug}", self.icon, self.tone)

    def asked(self) -> list[str]:
        """The parameters that a form has to ask."""
        known = {self.parameter, *self.given}
        fields = shapes.fields_of(self.declared.parameters)
        return [each.name for each in fields if each.required and each.name not in known]

    def responder(self, view: "ListView") -> Callable[..., HttpResponse]:
        """What answers the button."""

        def respond(request: HttpRequest) -> HttpResponse:
            return _respond(self, view, request)

        return require_POST(respond)


def _respond(bulk: Bulk, view: "ListView", request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    back = _address(view, request)
    if not actor.may(bulk.declared.permission):
        raise NotAllowed(gettext("You may not do this."))
    selected = _selected(view, request, actor, back)
    if not selected:
        say(request, Toast(gettext("Select rows first."), "info"))
        return HttpResponseRedirect(str(back))
    if bulk.as_seen:
        if request.POST.get("everything") == "1":
            say(
                request,
                Toast(gettext("Select the rows themselves: it is done to what you see."), "info"),
            )
            return HttpResponseRedirect(str(back))
        seen = [request.POST.get(f"seen:{key}", "") for key in selected]
        return finish(bulk, view, request, selected, dict(bulk.given), back, seen)
    if bulk.asked():
        from kantoor.kernel.pages.bulk_form import respond

        return respond(bulk, view, request, selected, back)
    return finish(bulk, view, request, selected, dict(bulk.given), back)


def finish(
    bulk: Bulk,
    view: "ListView",
    request: HttpRequest,
    selected: Sequence[str],
    given: Mapping[str, Any],
    back: Address,
    seen: Sequence[str] = (),
) -> HttpResponse:
    """Perform it, and show the answer above the list."""
    answer = perform(bulk, actor_of(request), selected, given, seen)
    if isinstance(answer, Toast):
        say(request, answer)
    else:
        request.session[_key(view.key)] = msgspec.to_builtins(answer)
    return HttpResponseRedirect(str(back))


def perform(
    bulk: Bulk,
    actor: Actor,
    selected: Sequence[str],
    given: Mapping[str, Any],
    seen: Sequence[str] = (),
) -> Outcome | Toast:
    """Do it to the selected rows: what was done and what refused, or what to say instead.

    `seen` are their names as they were shown, where the action takes those.
    """
    declared = bulk.declared
    kind = shapes.field_type(declared.parameters, bulk.parameter)
    try:
        keys = msgspec.convert(list(seen or selected), kind, strict=False)
        result = declared.call(actor, **{**given, bulk.parameter: keys})
    except msgspec.ValidationError:
        raise InvalidInput(gettext("These rows can't be selected.")) from None
    except NeedsSecondPair as waiting:
        return Toast(force_str(waiting.message), "info")
    except Refusals as refusals:
        return Outcome(done=0, refused=[_refused(each, selected) for each in refusals.errors])
    except DomainError as error:
        return Outcome(done=0, refused=[_refused(error, selected)])
    if bulk.answer is not None:
        return bulk.answer(result, selected)
    return _outcome(result, len(selected))


def _outcome(result: Any, selected: int) -> Outcome | Toast:
    if isinstance(result, Outcome):
        return result
    words = ngettext("%(n)s done.", "%(n)s done.", selected) % {"n": selected}
    return Toast(words)


def _refused(error: DomainError, selected: Sequence[str]) -> tuple[str, str]:
    line = error.place.line
    key = selected[line - 1] if line is not None and 0 < line <= len(selected) else ""
    return key, force_str(error.message)


def _selected(view: "ListView", request: HttpRequest, actor: Actor, address: Address) -> list[str]:
    if request.POST.get("everything") == "1":
        keys = [
            force_str(value_of(row, view.row_key))
            for row in view.every_row(actor, address, MOST + 1)
        ]
    else:
        keys = [key for key in request.POST.getlist("selected") if key]
    if len(keys) > MOST:
        raise InvalidInput(gettext("Narrow the list first: at most %(n)s at once.") % {"n": MOST})
    return keys


def _address(view: "ListView", request: HttpRequest) -> Address:
    """The list as it was looked at: the form carries its filters."""
    names = {name for narrow in view.narrows for name in narrow.shown(actor_of(request)).names}
    names |= {"q", "sort", "columns", *(name for tab in view.tabs for name in tab.asks)}
    pairs = [(name, value) for name in names for value in request.POST.getlist(name) if value]
    return Address(view.url, tuple(sorted(pairs)))


def _key(register: str) -> str:
    return f"answer:{register}"


def take_answer(request: HttpRequest, register: str, kind: str) -> BulkAnswer | None:
    """The answer of the last bulk action on this list; shown once.

    `kind` is what references to the rows begin with, so that those left alone have their name.
    """
    session = getattr(request, "session", None)
    if session is None or _key(register) not in session:
        return None
    kept = msgspec.convert(session.pop(_key(register)), Outcome)
    named = {key: f"{kind}/{key}" for key, _reason in kept.refused if kind and key}
    pages = links(actor_of(request), named.values())
    refused = [_named(key, reason, pages.get(named.get(key, ""))) for key, reason in kept.refused]
    return BulkAnswer(kept.done, refused)


def _named(key: str, reason: str, page: Link | None) -> Refused:
    return Refused(page.label if page else key, reason, page.url if page else "")
