"""What a form page is: a Django form, perhaps with lines, shown in one column with errors that help."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.formsets import BaseFormSet
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from kantoor.kernel.ui.cells import Link


@dataclass(frozen=True, slots=True)
class Consequence:
    """What will happen that can't be undone, and to how many."""

    text: str
    items: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """Fields that belong together, under a heading.

    `only` is a choice above it and the answers with which these fields have a meaning: with another one
    they are out of the way, unless something was filled in.
    """

    title: Any
    fields: Sequence[str]
    hint: Any = ""
    only: tuple[str, Sequence[str]] | None = None


@dataclass(frozen=True, slots=True)
class FieldError:
    """One fault of the summary, with the id of the field that it links down to."""

    target: str
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class FieldView:
    """A field as the partial shows it: `html` is the control with its id, aria and keyboard set."""

    id: str
    kind: str
    label: str
    hint: str
    optional: bool
    errors: Sequence[str]
    html: SafeString
    unit: str = ""
    is_figure: bool = False


@dataclass(frozen=True, slots=True)
class SectionView:
    """A section with its fields ready to show."""

    title: str
    hint: str
    fields: Sequence[FieldView]
    only_with: str = ""
    only_at: str = ""


@dataclass(frozen=True, kw_only=True)
class FormPage:
    """A whole form page. `lines` is a formset shown as an editable table.

    `lines_sum` names the columns that are added up at its foot, with a space between.

    `draft_url` receives what is typed, by itself, a moment after each change.
    """

    title: str
    form: forms.BaseForm
    submit: str
    action: str = ""
    intro: str = ""
    sections: Sequence[Section] = ()
    lines: "BaseFormSet[Any] | None" = None
    lines_title: str = ""
    lines_sum: str = ""
    consequence: Consequence | None = None
    cancel_url: str = ""
    draft_url: str = ""
    breadcrumb: Sequence[Link] = ()

    @property
    def hidden(self) -> list[forms.BoundField]:
        """The fields that are sent but not shown."""
        return self.form.hidden_fields()

    @property
    def section_views(self) -> list[SectionView]:
        """The sections with their fields; a form without sections is one without a heading."""
        visible = [field.name for field in self.form.visible_fields()]
        sections = self.sections or [Section("", visible)]
        return [
            SectionView(
                str(s.title),
                str(s.hint),
                [field_view(self.form[name]) for name in s.fields],
                only_with=self.form[s.only[0]].html_name if s.only else "",
                only_at=" ".join(s.only[1]) if s.only else "",
            )
            for s in sections
        ]

    @property
    def errors(self) -> list[FieldError]:
        """Every fault, in the order of the page, for the summary on top."""
        return [*form_errors(self.form), *(lines_errors(self.lines) if self.lines else ())]


def in_words(field: forms.Field, fault: forms.ValidationError) -> str:
    """What to do about a fault, where Django's own sentence only says that something is wrong."""
    said = str(fault.messages[0])
    if fault.code == "required" and said == str(forms.Field.default_error_messages["required"]):
        choice = isinstance(field, forms.ChoiceField)
        return gettext("Choose one.") if choice else gettext("Fill this in.")
    if fault.code == "invalid" and isinstance(field, forms.EmailField):
        return gettext("Type an email address such as name@company.com.")
    return said


def field_errors(bound: forms.BoundField) -> list[str]:
    """The faults of one field, in words that say what to do."""
    faults = bound.form.errors.as_data().get(bound.name, [])
    return [in_words(bound.field, fault) for fault in faults]


def form_errors(form: forms.BaseForm, *, place: str = "") -> Iterator[FieldError]:
    """The faults of one form; those of no field point at the form itself."""
    for error in form.non_field_errors():
        yield FieldError("form", place.rstrip(", "), str(error))
    for name in form.errors:
        if name in form.fields:
            bound = form[name]
            for text in field_errors(bound):
                yield FieldError(bound.id_for_label or bound.auto_id, f"{place}{bound.label}", text)


def lines_errors(lines: "BaseFormSet[Any]") -> Iterator[FieldError]:
    """The faults of the lines, each with the number of its line."""
    for error in lines.non_form_errors():
        yield FieldError("lines", "", str(error))
    for number, form in enumerate(lines.forms, start=1):
        yield from form_errors(form, place=gettext("Line %(n)s, ") % {"n": number})


_KINDS: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.CheckboxInput, "check"),
    (forms.RadioSelect, "choices"),
    (forms.CheckboxSelectMultiple, "choices"),
    (forms.SelectMultiple, "select"),
    (forms.Select, "select"),
    (forms.Textarea, "textarea"),
    (forms.ClearableFileInput, "file"),
    (forms.FileInput, "file"),
)
_CLASSES = {"check": "form-check-input", "choices": "", "select": "form-select"}
_INPUT_MODES: tuple[tuple[type[forms.Field], str], ...] = (
    (forms.DecimalField, "decimal"),
    (forms.IntegerField, "numeric"),
    (forms.EmailField, "email"),
    (forms.URLField, "url"),
)


def field_view(bound: forms.BoundField, *, label_id: str = "") -> FieldView:
    """A bound field with everything the partial needs; `label_id` where a column head is the label."""
    widget = bound.field.widget
    if isinstance(widget, forms.NumberInput):
        # A number input scrolls away its value and knows no comma; the keyboard comes from inputmode.
        widget.input_type = "text"
    kind = next((kind for type_, kind in _KINDS if isinstance(widget, type_)), "text")
    attributes = _attributes(bound, kind, label_id)
    return FieldView(
        id=bound.id_for_label or bound.auto_id,
        kind=kind,
        label=str(bound.label),
        hint=str(bound.help_text),
        optional=not bound.field.required and kind != "check",
        errors=field_errors(bound),
        html=bound.as_widget(attrs=attributes),
        unit=getattr(bound.field, "currency", ""),
        is_figure="k-amount" in str(attributes["class"]),
    )


def _attributes(bound: forms.BoundField, kind: str, label_id: str) -> dict[str, str | bool]:
    own = str(bound.field.widget.attrs.get("class", ""))
    look = f"{_CLASSES.get(kind, 'form-control')} {own}".strip()
    attributes: dict[str, str | bool] = {"class": look}
    described = [f"{bound.auto_id}_hint"] if bound.help_text and not label_id else []
    if bound.errors:
        described.append(f"{bound.auto_id}_error")
        attributes |= {"aria-invalid": "true", "class": f"{look} is-invalid"}
    if described:
        attributes["aria-describedby"] = " ".join(described)
    if label_id:
        attributes["aria-labelledby"] = label_id
    for type_, mode in _INPUT_MODES:
        if isinstance(bound.field, type_):
            attributes["inputmode"] = mode
    return attributes
