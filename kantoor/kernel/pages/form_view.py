"""Every action's form: opened with what is known, checked, performed, and told how it went."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.encoding import force_str
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext

from kantoor.kernel.actions.registry import Action, action_named
from kantoor.kernel.actions.runner import NeedsSecondPair
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import DomainError, NotAllowed
from kantoor.kernel.pages import drafts
from kantoor.kernel.pages.action_form import ActionForm
from kantoor.kernel.pages.assembling import converted
from kantoor.kernel.pages.desk import desk_named
from kantoor.kernel.pages.inputs import inputs_of
from kantoor.kernel.pages.plans import Plan, plan_of
from kantoor.kernel.pages.raw_values import read_raw
from kantoor.kernel.pages.references import link, words_for
from kantoor.kernel.pages.view import actor_of, is_within
from kantoor.kernel.pages.words import words_of
from kantoor.kernel.record.models import Record
from kantoor.kernel.ui.cells import Link
from kantoor.kernel.ui.form_page import FormPage
from kantoor.kernel.ui.formats import moment
from kantoor.kernel.ui.record_page import Fact
from kantoor.kernel.ui.toasts import Toast, say

WITHIN = 20
"""How many acts are looked through for what an act was about."""
Suggestions = Sequence[tuple[str, Sequence[tuple[str, str]]]]


@dataclass(frozen=True, kw_only=True)
class ShownForm(FormPage):
    """A form page with what helps typing, and a word above it."""

    suggestions: Suggestions = ()
    live: str = ""
    note: str = ""
    note_url: str = ""


def action_page(request: HttpRequest, department: str, name: str) -> HttpResponse:
    """`/<department>/do/<action>`: the form of an action, and its performance."""
    action = _found(department, name)
    actor = actor_of(request)
    if not actor.may(action.permission):
        raise NotAllowed(gettext("You may not do this."))
    plan = plan_of(action.name)
    if request.method == "POST":
        if "draft" in request.GET:
            return drafts.keep(request, action.name)
        if request.POST.get("at_once") == "1":
            return _at_once(request, action, plan)
        return _performed(request, action, plan)
    if "draft" in request.GET:
        drafts.forget(request, action.name)
        asked = request.GET.copy()
        del asked["draft"]
        return HttpResponseRedirect(f"{request.path}?{asked.urlencode()}")
    return _opened(request, action, plan)


def _found(department: str, name: str) -> Action:
    action = action_named(f"{department}.{name.replace('-', '_')}")
    if action is None or action.hidden:
        raise Http404
    return action


# --- opening


def before(request: HttpRequest, action: Action, plan: Plan) -> dict[str, Any]:
    """What is filled in when the form opens: from the address, the thing itself, the plan."""
    actor = actor_of(request)
    given = read_raw(inputs_of(action), request.GET)
    found: dict[str, Any] = dict(plan.defaults(actor)) if plan.defaults else {}
    if plan.prefill is not None:
        found |= plan.prefill(actor, given)
    return found | given


def _opened(request: HttpRequest, action: Action, plan: Plan) -> HttpResponse:
    actor = actor_of(request)
    filled = before(request, action, plan)
    draft = drafts.find(request, action.name) if _keeps_drafts(action, plan) else None
    if draft is None:
        return shown(request, ActionForm(action, actor, plan, filled), plan, filled)
    form = ActionForm(action, actor, plan, filled, draft=draft[1])
    note = gettext("This is the draft of %(when)s.") % {"when": moment(draft[0])}
    return shown(request, form, plan, filled, note=note)


def _keeps_drafts(action: Action, plan: Plan) -> bool:
    if plan.drafts is not None:
        return plan.drafts
    return inputs_of(action).lines is not None and not action.answers_secret


def shown(
    request: HttpRequest,
    form: ActionForm,
    plan: Plan,
    filled: Mapping[str, Any],
    *,
    note: str = "",
    status: int = 200,
) -> HttpResponse:
    """The form as a page."""
    action = form.action
    title = force_str(plan.title or action.title)
    draft_url = _with(request.get_full_path(), "draft=1") if _keeps_drafts(action, plan) else ""
    page = ShownForm(
        title=title,
        form=form.form,
        submit=force_str(plan.submit or action.title),
        action=request.get_full_path(),
        intro=force_str(plan.intro),
        sections=plan.sections,
        lines=form.lines,
        lines_title=lines_title(form),
        lines_sum=plan.lines_sum or ("debit credit" if plan.debit_credit else ""),
        consequence=plan.consequence(form.actor, filled) if plan.consequence else None,
        cancel_url=_safe(request, request.GET.get("next", "")) or _desk_url(action),
        draft_url=draft_url,
        breadcrumb=_breadcrumb(action, form.actor, request),
        suggestions=form.suggestions(),
        live=plan.live,
        note=note,
        note_url=draft_url if note else "",
    )
    return render(request, "pages/form.html", {"page": page}, status=status)


def lines_title(form: ActionForm) -> str:
    """What the lines are called."""
    lines = form.inputs.lines
    return force_str(words_of(form.action.name, lines.path).label) if lines else ""


def _with(address: str, more: str) -> str:
    return f"{address}{'&' if '?' in address else '?'}{more}"


def _desk_url(action: Action) -> str:
    desk = desk_named(action.department)
    return desk.url if desk else "/"


def _breadcrumb(action: Action, actor: Actor, request: HttpRequest) -> list[Link]:
    """The desk, and the page of it that one came from."""
    desk = desk_named(action.department)
    if desk is None:
        return []
    back = request.GET.get("next", "").partition("?")[0]
    came_from = [v for v in desk.open_views(actor) if v.in_menu and is_within(back, v.url)]
    trail = [(desk.known.title, desk.url), *((view.title, view.url) for view in came_from[:1])]
    return [Link(force_str(title), url) for title, url in trail]


# --- performing


def _performed(request: HttpRequest, action: Action, plan: Plan) -> HttpResponse:
    filled = before(request, action, plan)
    form = ActionForm(action, actor_of(request), plan, filled, request.POST)
    parameters = form.parameters()
    if parameters is None:
        return shown(request, form, plan, filled, status=422)
    try:
        return done(request, action, plan, parameters)
    except NeedsSecondPair:
        raise
    except DomainError as error:
        form.refuse(error)
        return shown(request, form, plan, filled, status=422)


def _at_once(request: HttpRequest, action: Action, plan: Plan) -> HttpResponse:
    """Without a form: for buttons that know everything. What is missing or refused opens it."""
    nested: dict[str, Any] = {}
    given = read_raw(inputs_of(action), request.POST)
    for path, value in given.items():
        holder = nested
        *above, last = path.split(".")
        for name in above:
            holder = holder.setdefault(name, {})
        holder[last] = value
    try:
        return done(request, action, plan, converted(action, nested))
    except NeedsSecondPair:
        raise
    except DomainError as error:
        form = ActionForm(action, actor_of(request), plan, given)
        form.form = _bound_to(form, given)
        form.refuse(error)
        return shown(request, form, plan, given, status=422)


def _bound_to(form: ActionForm, given: Mapping[str, Any]) -> Any:
    """The form as if the values had been typed, so that errors have a place to stand."""
    typed = {
        path: form.form.fields[path].prepare_value(value)
        for path, value in given.items()
        if path in form.form.fields
    }
    bound = type(form.form)(typed, initial=form.form.initial)
    bound.fields = form.form.fields
    bound.is_valid()
    return bound


def done(
    request: HttpRequest, action: Action, plan: Plan, parameters: Mapping[str, Any]
) -> HttpResponse:
    """Perform it, and go to what it made with a word on what happened."""
    actor = actor_of(request)
    try:
        result = action.call(actor, **parameters)
    except NeedsSecondPair as waiting:
        return _waits(request, waiting)
    drafts.forget(request, action.name)
    if action.answers_secret:
        return _told_once(request, action, result)
    reference = about(request, action)
    made = link(actor, reference) if reference else None
    to = _goes_to(request, plan, result, made.url if made else "") or _desk_url(action)
    say(request, _toast(request, action, plan, result, made, reference, to))
    return HttpResponseRedirect(to)


def _goes_to(request: HttpRequest, plan: Plan, result: Any, made: str) -> str:
    """After a form one comes at what it made; after a button where one was."""
    told = plan.goes_to(actor_of(request), result) if plan.goes_to else ""
    back = _safe(request, request.POST.get("next") or request.GET.get("next", ""))
    at_once = request.POST.get("at_once") == "1"
    return told or (back or made if at_once else made or back)


def _toast(
    request: HttpRequest,
    action: Action,
    plan: Plan,
    result: Any,
    made: Link | None,
    reference: str,
    to: str,
) -> Toast:
    title = force_str(action.title)
    if plan.done is not None:
        words = plan.done(result)
    elif made is not None:
        words = gettext("%(title)s: %(what)s is done.") % {
            "title": title,
            "what": words_for(reference, made),
        }
    else:
        words = gettext("%(title)s: done.") % {"title": title}
    back = plan.undo(actor_of(request), result) if plan.undo else None
    if back is not None:
        return Toast(words, "good", back.label, back.url)
    if made is not None and made.url != to:
        return Toast(words, "good", gettext("Open it"), made.url)
    return Toast(words)


def about(request: HttpRequest, action: Action) -> str:
    """What the actor's last such act is about, or the first of the acts within it."""
    actor = actor_of(request)
    mine = Record.objects.filter(company_id=actor.company_id, actor_id=actor.user_id)
    acts = mine.filter(action=action.name, outcome="done").order_by("-seq")
    last = acts.values_list("seq", "about").first()
    if last is None or last[1]:
        return last[1] if last else ""
    within = mine.filter(seq__range=(last[0] + 1, last[0] + WITHIN), cause=f"record:{last[0]}")
    return within.exclude(about="").order_by("seq").values_list("about", flat=True).first() or ""


def _waits(request: HttpRequest, waiting: NeedsSecondPair) -> HttpResponse:
    """It waits for a second person: said, with the way to the request."""
    url = f"/today/approvals/{waiting.approval_id}"
    say(request, Toast(force_str(waiting.message), "info", gettext("See the request"), url))
    back = _safe(request, request.POST.get("next") or request.GET.get("next", ""))
    return HttpResponseRedirect(back or "/")


def _told_once(request: HttpRequest, action: Action, result: Any) -> HttpResponse:
    """A password or token that is shown this once: on the page itself, and never kept."""
    values = msgspec.to_builtins(result)
    named = values if isinstance(values, dict) else {"secret": values}
    facts = [
        Fact(_fact_label(action, name), force_str(value))
        for name, value in named.items()
        if value not in ("", None)
    ]
    page = {"title": force_str(action.title), "facts": facts, "back": _desk_url(action)}
    answer = render(request, "pages/told_once.html", {"page": page})
    answer["Cache-Control"] = "no-store"
    return answer


def _fact_label(action: Action, name: str) -> str:
    return force_str(words_of(action.name, name).label)


def _safe(request: HttpRequest, address: str) -> str:
    host = {request.get_host()}
    return (
        address
        if address.startswith("/") and url_has_allowed_host_and_scheme(address, host)
        else ""
    )
