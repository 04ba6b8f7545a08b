"""The form of an action, made from its signature: fields, lines, what was typed, what is wrong."""

import re
from collections.abc import Mapping, Sequence
from copy import deepcopy
from typing import Any

from django import forms
from django.forms.formsets import BaseFormSet, formset_factory
from django.http import QueryDict
from django.utils.encoding import force_str
from django.utils.translation import gettext

from kantoor.kernel.actions.registry import Action
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import DomainError, Place, Refusals
from kantoor.kernel.money import exponent
from kantoor.kernel.pages.assembling import converted, gathered
from kantoor.kernel.pages.columns import value_of
from kantoor.kernel.pages.form_fields import field_for
from kantoor.kernel.pages.inputs import Input, Lines, inputs_of
from kantoor.kernel.pages.plans import Plan
from kantoor.kernel.pages.suggesting import Suggester
from kantoor.kernel.pages.words import words_of
from kantoor.kernel.ui.fields import AmountField

PREFIX = "lines"
MOST_LINES = 2_000
DEBIT_CREDIT = ("debit", "credit")


class ActionForm:
    """An action's form with what is filled in (`before`, by path) and what was `typed`."""

    def __init__(
        self,
        action: Action,
        actor: Actor,
        plan: Plan,
        before: Mapping[str, Any],
        typed: QueryDict | None = None,
        draft: QueryDict | None = None,
        given: Sequence[str] = (),
    ) -> None:
        """`draft` is what was typed before, shown but not judged yet.

        `given` are parameters that are not asked, since they are known already.
        """
        self.action, self.actor, self.plan, self.draft = action, actor, plan, draft
        self.inputs = inputs_of(action, [*plan.leave_out, *given])
        self.before = before
        self.form = self._form(typed)
        self.lines = self._formset(self.inputs.lines, typed) if self.inputs.lines else None
        self.numbered: list[forms.Form] = []

    # --- making

    def _form(self, typed: QueryDict | None) -> forms.Form:
        form = forms.Form(typed, label_suffix="")
        for each in self.inputs.fields:
            field = field_for(each, self.action.name, self.actor, self.plan, in_line=False)
            self._suggest(field, each.path)
            form.fields[each.path] = field
            form.initial[each.path] = self._initial(each, field)
        return form

    def _initial(self, asked: Input, field: forms.Field) -> Any:
        if self.draft is not None:
            return field.widget.value_from_datadict(self.draft, self.draft, asked.path)
        if asked.path in self.before:
            return self.before[asked.path]
        return None if asked.required else asked.default

    def _suggest(self, field: forms.Field, path: str) -> None:
        source = self.plan.suggestions.get(path)
        if isinstance(source, Suggester):
            field.widget.attrs |= source.attributes(suggestions_id(path))
        elif source is not None:
            field.widget.attrs |= {"list": suggestions_id(path), "autocomplete": "off"}

    def _formset(self, lines: Lines, typed: QueryDict | None) -> "BaseFormSet[forms.Form]":
        fields = self._line_fields(lines)

        class LineForm(forms.Form):
            def __init__(self, *arguments: Any, **options: Any) -> None:
                options |= {"label_suffix": "", "use_required_attribute": False}
                super().__init__(*arguments, **options)
                self.fields.update(deepcopy(fields))
                # A line that was begun and emptied again is no line.
                self.empty_permitted = True

        rows = self._rows(lines, fields)
        made = formset_factory(
            LineForm,
            extra=max(1, self.plan.lines - len(rows)),
            can_delete=True,
            max_num=MOST_LINES,
            absolute_max=MOST_LINES + 1,
            validate_max=True,
        )
        # What was typed is judged by itself: a line that was filled in beforehand counts too.
        return made(typed, initial=rows if typed is None else None, prefix=PREFIX)  # type: ignore[return-value]

    def _rows(self, lines: Lines, fields: Mapping[str, forms.Field]) -> list[dict[str, Any]]:
        """The lines that are there when the form opens."""
        if self.draft is None:
            return [self._line_before(lines, line) for line in self.before.get(lines.path, ())]
        count = self.draft.get(f"{PREFIX}-TOTAL_FORMS", "0")
        rows = []
        for number in range(min(int(count) if count.isdigit() else 0, MOST_LINES)):
            if f"{PREFIX}-{number}-DELETE" not in self.draft:
                names = {name: f"{PREFIX}-{number}-{name}" for name in fields}
                rows.append({name: self.draft.get(full, "") for name, full in names.items()})
        return [row for row in rows if any(row.values())]

    def _line_fields(self, lines: Lines) -> dict[str, forms.Field]:
        fields: dict[str, forms.Field] = {}
        for each in lines.inputs:
            if each.path == self.plan.debit_credit:
                fields |= {name: self._side(name) for name in DEBIT_CREDIT}
                continue
            field = field_for(each, self.action.name, self.actor, self.plan, in_line=True)
            if each.default and not each.required and isinstance(each.default, (str, int, bool)):
                field.initial = each.default
            self._suggest(field, each.path)
            fields[each.name] = field
        return fields

    def _side(self, name: str) -> AmountField:
        label = force_str(words_of(self.action.name, name).label)
        return AmountField(exponent=exponent(self.actor.currency), label=label, required=False)

    def _line_before(self, lines: Lines, line: Any) -> dict[str, Any]:
        row: dict[str, Any] = {}
        for each in lines.inputs:
            try:
                value = value_of(line, each.name)
            except (AttributeError, KeyError):
                continue
            if each.path == self.plan.debit_credit and isinstance(value, int):
                row["debit" if value >= 0 else "credit"] = abs(value)
            else:
                row[each.name] = value
        return row

    # --- reading

    def parameters(self) -> dict[str, Any] | None:
        """The action's parameters; None when something typed is wrong, which the form then says."""
        typed = self.gathered()
        if typed is None:
            return None
        try:
            return converted(self.action, typed)
        except DomainError as error:
            self.refuse(error)
            return None

    def gathered(self) -> dict[str, Any] | None:
        """What was typed, as records; None when a field is wrong, which the form then says.

        Without what was `given`, so that it may be less than the action takes.
        """
        lines_good = self.lines is None or self.lines.is_valid()
        if not self.form.is_valid() or not lines_good:
            return None
        return gathered(self.inputs, self.form.cleaned_data, self._typed_lines(), self.before)

    def _typed_lines(self) -> list[dict[str, Any]]:
        """The lines that hold something, in order; their forms are kept to show errors at."""
        found: list[dict[str, Any]] = []
        self.numbered = []
        for form in self.lines.forms if self.lines is not None else []:
            values = dict(getattr(form, "cleaned_data", {}))
            if not values or values.pop("DELETE", False) or not form.has_changed():
                continue
            self.numbered.append(form)
            found.append(self._signed(values) | {"line": len(self.numbered)})
        return found

    def _signed(self, values: dict[str, Any]) -> dict[str, Any]:
        if not self.plan.debit_credit:
            return values
        debit, credit = (values.pop(name, None) for name in DEBIT_CREDIT)
        if debit is None and credit is None:
            return values
        return {**values, self.plan.debit_credit.rpartition(".")[2]: (debit or 0) - (credit or 0)}

    # --- refusing

    def refuse(self, error: DomainError) -> None:
        """Show a refusal: at its field or line where it has one, else on top."""
        for each in error.errors if isinstance(error, Refusals) else (error,):
            self._show(each.place, force_str(each.message))

    def _show(self, place: Place, words: str) -> None:
        indexed = re.search(r"\[(\d+)\]", place.field)
        line = place.line or (int(indexed[1]) + 1 if indexed else None)
        field = re.sub(r"\[\d+\]", "", place.field)
        if line is not None and 0 < line <= len(self.numbered):
            form = self.numbered[line - 1]
            form.add_error(self._column(form, field.rpartition(".")[2]), words)
        elif self.inputs.lines is not None and field and self.inputs.lines.path.endswith(field):
            self._show_at_lines(words)
        else:
            if line is not None:
                words = gettext("Line %(n)s: %(words)s") % {"n": line, "words": words}
            self.form.add_error(self._field(field), words)

    def _column(self, form: forms.Form, name: str) -> str | None:
        if self.plan.debit_credit and name == self.plan.debit_credit.rpartition(".")[2]:
            name = "credit" if form.cleaned_data.get("credit") else "debit"
        return name if name in form.fields else None

    def _field(self, name: str) -> str | None:
        if not name:
            return None
        for path, field in self.form.fields.items():
            if path == name or path.endswith(f".{name}") or name.endswith(f".{path}"):
                return None if field.widget.is_hidden else path
        return None

    def _show_at_lines(self, words: str) -> None:
        assert self.lines is not None
        self.lines.non_form_errors().append(words)

    # --- showing

    def suggestions(self) -> list[tuple[str, list[tuple[str, str]]]]:
        """The words that help typing codes, for one `datalist` each."""
        found = []
        for path, source in self.plan.suggestions.items():
            if isinstance(source, Suggester):
                offered = source.offered(self.actor)
            else:
                offered = source(self.actor) if callable(source) else source
            pairs = [(force_str(code), force_str(word)) for code, word in offered.items()]
            found.append((suggestions_id(path), pairs))
        return found


def suggestions_id(path: str) -> str:
    """The id of the list of suggestions of a field."""
    return f"suggestions-{path.replace('.', '-')}"
