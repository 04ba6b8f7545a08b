"""The form of a task, on its page: the fields that it asks, or those of its action."""

from collections.abc import Mapping
from typing import Any

import msgspec
from django import forms
from django.http import QueryDict
from django.utils.encoding import force_str
from django.utils.translation import gettext

from kantoor.kernel.actions.registry import Action, action_named
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import DomainError
from kantoor.kernel.pages.action_form import ActionForm
from kantoor.kernel.pages.assembling import converted
from kantoor.kernel.pages.form_view import ShownForm, Suggestions, lines_title
from kantoor.kernel.pages.past import as_cell
from kantoor.kernel.pages.plans import Plan, plan_of
from kantoor.kernel.pages.words import words_of
from kantoor.kernel.ui.form_page import Consequence, Section
from kantoor.kernel.ui.record_page import Fact
from kantoor.procedures.actions.tasks import merged
from kantoor.procedures.queries.tasks import TaskShown
from kantoor.procedures.web.asking import AskingForm, as_words, suggestions_of


class FieldsOfTask:
    """What a task without an action asks."""

    def __init__(self, actor: Actor, shown: TaskShown, typed: QueryDict | None = None) -> None:
        self.actor, self.shown = actor, shown
        self.form = AskingForm(shown.fields, typed)

    def values(self) -> dict[str, Any] | None:
        """What was filled in; None when something is wrong, which the form then says."""
        return self.form.values() if self.form.is_valid() else None

    def refuse(self, error: DomainError) -> None:
        """Show a refusal at its field, else on top."""
        self.form.refuse(error)

    def facts(self) -> list[Fact]:
        """What is known already: nothing."""
        return []

    def page(self, address: str) -> ShownForm:
        """The form as the page shows it."""
        suggestions = suggestions_of(self.actor, self.shown.fields)
        return _page(self.shown, self.form, address, suggestions=suggestions)


class ActionOfTask:
    """What the action of a task asks, without what the procedure knows of it."""

    def __init__(
        self, actor: Actor, shown: TaskShown, action: Action, typed: QueryDict | None = None
    ) -> None:
        self.actor, self.shown, self.action = actor, shown, action
        self.plan: Plan = plan_of(action.name)
        self.known = by_path(shown.known)
        self.form = ActionForm(
            action, actor, self.plan, self._filled(), typed, given=list(self.known)
        )

    def _filled(self) -> dict[str, Any]:
        """What is filled in: by the plan of the action, and over it what the procedure offers."""
        offered = by_path(self.shown.offered)
        found: dict[str, Any] = dict(self.plan.defaults(self.actor)) if self.plan.defaults else {}
        if self.plan.prefill is not None:
            found |= self.plan.prefill(self.actor, offered | self.known)
        return found | offered

    def values(self) -> dict[str, Any] | None:
        """What was filled in; None when something is wrong, which the form then says."""
        typed = self.form.gathered()
        if typed is None:
            return None
        try:
            converted(self.action, merged(typed, self.shown.known))
        except DomainError as error:
            self.refuse(error)
            return None
        found: dict[str, Any] = msgspec.to_builtins(typed, str_keys=True)
        return found

    def refuse(self, error: DomainError) -> None:
        """Show a refusal at its field, else on top."""
        self.form.refuse(error)

    def facts(self) -> list[Fact]:
        """What the procedure fixed, as people read it."""
        hidden = {path for path, kind in self.plan.kinds.items() if kind == "hidden"}
        return [
            Fact(
                force_str(words_of(self.action.name, path).label),
                as_cell(self.actor, path.rpartition(".")[2], value)
                if isinstance(value, int)
                else as_words(value),
            )
            for path, value in self.known.items()
            if path not in hidden and value is not None
        ]

    def page(self, address: str) -> ShownForm:
        """The form as the page shows it."""
        there = self.form.form.fields
        sections = [
            Section(each.title, [name for name in each.fields if name in there], each.hint)
            for each in self.plan.sections
        ]
        known = {**self.form.before, **self.known}
        return _page(
            self.shown,
            self.form.form,
            address,
            submit=force_str(self.plan.submit or self.action.title),
            sections=[each for each in sections if each.fields],
            lines=self.form.lines,
            lines_title=lines_title(self.form),
            lines_sum=self.plan.lines_sum or ("debit credit" if self.plan.debit_credit else ""),
            consequence=self.plan.consequence(self.actor, known) if self.plan.consequence else None,
            suggestions=self.form.suggestions(),
        )


def form_of(
    actor: Actor, shown: TaskShown, typed: QueryDict | None = None
) -> FieldsOfTask | ActionOfTask | None:
    """The form of a task; None when its action is not to be had here, or not by this person."""
    if not shown.action:
        return FieldsOfTask(actor, shown, typed)
    action = action_named(shown.action)
    if action is None or action.hidden or not actor.may(action.permission):
        return None
    return ActionOfTask(actor, shown, action, typed)


def _page(
    shown: TaskShown,
    form: forms.BaseForm,
    address: str,
    *,
    submit: str = "",
    sections: list[Section] | None = None,
    lines: Any = None,
    lines_title: str = "",
    lines_sum: str = "",
    consequence: Consequence | None = None,
    suggestions: Suggestions = (),
) -> ShownForm:
    return ShownForm(
        title=shown.row.title,
        form=form,
        submit=submit or gettext("Done"),
        action=address,
        sections=sections or (),
        lines=lines,
        lines_title=lines_title,
        lines_sum=lines_sum,
        consequence=consequence,
        suggestions=suggestions,
    )


def by_path(values: Mapping[str, Any], within: str = "") -> dict[str, Any]:
    """Records within records by the path of each value: `draft.name`."""
    found: dict[str, Any] = {}
    for name, value in values.items():
        path = f"{within}.{name}" if within else name
        if isinstance(value, Mapping) and value:
            found |= by_path(value, path)
        else:
            found[path] = value
    return found
