"""The form of a bulk action that asks something more: once, for all the selected rows."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.encoding import force_str
from django.utils.translation import ngettext

from kantoor.kernel.errors import DomainError
from kantoor.kernel.pages.action_form import ActionForm
from kantoor.kernel.pages.assembling import converted
from kantoor.kernel.pages.bulk import Bulk, finish
from kantoor.kernel.pages.form_view import ShownForm, lines_title
from kantoor.kernel.pages.plans import plan_of
from kantoor.kernel.pages.view import actor_of
from kantoor.kernel.ui.address import Address
from kantoor.kernel.ui.cells import Link
from kantoor.kernel.ui.form_page import Consequence

if TYPE_CHECKING:
    from kantoor.kernel.pages.list_view import ListView

ASKED = "asked"


def respond(
    bulk: Bulk, view: "ListView", request: HttpRequest, selected: Sequence[str], back: Address
) -> HttpResponse:
    """Ask what the action wants to know beside the rows; then do it."""
    actor, plan = actor_of(request), plan_of(bulk.action)
    known = [bulk.parameter, *bulk.given]
    typed = request.POST if ASKED in request.POST else None
    filled: dict[str, Any] = dict(plan.defaults(actor)) if plan.defaults else {}
    form = ActionForm(bulk.declared, actor, plan, filled, typed, given=known)
    if typed is not None and (given := _given(bulk, form)) is not None:
        return finish(bulk, view, request, selected, given, back)
    _carry(form.form, selected, back)
    count = len(selected)
    said = ngettext("This is done to %(n)s row.", "This is done to %(n)s rows.", count) % {
        "n": count
    }
    page = ShownForm(
        title=force_str(bulk.label or bulk.declared.title),
        form=form.form,
        submit=force_str(bulk.declared.title),
        action=request.path,
        lines=form.lines,
        lines_title=lines_title(form),
        consequence=Consequence(said),
        cancel_url=str(back),
        breadcrumb=[Link(force_str(view.title), str(back))],
        suggestions=form.suggestions(),
    )
    status = 200 if typed is None else 422
    return render(request, "pages/form.html", {"page": page}, status=status)


def _given(bulk: Bulk, form: ActionForm) -> dict[str, Any] | None:
    """What was typed, without the rows; None when it is not right yet."""
    if not form.form.is_valid() or (form.lines is not None and not form.lines.is_valid()):
        return None
    values = {
        path: value
        for path, value in form.form.cleaned_data.items()
        if value not in (None, "", []) and path not in (ASKED, "selected")
    }
    try:
        return {**bulk.given, **_checked(bulk, values)}
    except DomainError as error:
        form.refuse(error)
        return None


def _checked(bulk: Bulk, values: dict[str, Any]) -> dict[str, Any]:
    whole = converted(bulk.declared, {**values, bulk.parameter: []})
    return {name: value for name, value in whole.items() if name in values}


def _carry(form: forms.Form, selected: Sequence[str], back: Address) -> None:
    """Take the rows, and the list as it was looked at, along with the form."""
    carried: dict[str, Sequence[str]] = {ASKED: ["1"], "selected": selected}
    for name, value in back.pairs:
        carried[name] = [*carried.get(name, ()), value]
    for name, values in carried.items():
        form.fields[name] = forms.MultipleChoiceField(
            widget=forms.MultipleHiddenInput, required=False
        )
        form.initial[name] = list(values)
