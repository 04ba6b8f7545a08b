"""The fields that a start or a task asks, as a form: what is typed, and how it is given on."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import get_language, gettext

from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import DomainError, Refusals
from kantoor.kernel.money import LARGEST
from kantoor.kernel.pages.suggesting import suggests
from kantoor.kernel.ui.fields import DayField, QuantityField
from kantoor.kernel.ui.formats import day, moment
from kantoor.procedures.diagrams.elements import FormField
from kantoor.procedures.forms import LONGEST
from kantoor.procedures.queries.people import people_to_choose

PREFIX = "asked"
"""Before the names of fields, so that none of them is one of the page's own."""
PEOPLE_ID = "suggestions-people"


def _people(actor: Actor, words: str, most: int) -> dict[str, str]:
    return {row.sign_in: row.name for row in people_to_choose(actor, search=words, limit=most)}


PEOPLE = suggests("procedures.people", offer=_people)
"""Colleagues by what they sign in as."""


class AskingForm(forms.Form):
    """A field for each of those that the diagram asks."""

    def __init__(self, fields: Sequence[FormField], typed: Any = None) -> None:
        super().__init__(typed, label_suffix="", prefix=PREFIX)
        for each in fields:
            made = _field(each)
            made.label, made.required = label_of(each), each.required
            self.fields[each.name] = made

    def values(self) -> dict[str, Any]:
        """What was filled in, as the action takes it; what was left empty is left out."""
        given = {name: _as_json(value) for name, value in self.cleaned_data.items()}
        return {name: value for name, value in given.items() if value not in (None, "")}

    def refuse(self, error: DomainError) -> None:
        """Show a refusal at its field, else on top."""
        for each in error.errors if isinstance(error, Refusals) else (error,):
            name = each.place.field
            self.add_error(name if name in self.fields else None, str(each.message))


def label_of(asked: FormField) -> str:
    """What a field is called in the reader's language; its own name at the worst."""
    first, second = asked.label, asked.label_nl
    if (get_language() or "").startswith("nl"):
        first, second = second, first
    return first or second or asked.name.replace("_", " ").capitalize()


def labelled(asked: FormField) -> list[tuple[str, str]]:
    """The choices of a field with their labels in the reader's language, as far as it has them."""
    if not (get_language() or "").startswith("nl"):
        return list(asked.choices)
    dutch = dict(asked.choices_nl)
    return [(value, dutch.get(value, label)) for value, label in asked.choices]


def _field(asked: FormField) -> forms.Field:
    if asked.kind == "long_text":
        widget = forms.Textarea(attrs={"rows": 4})
        return forms.CharField(max_length=LONGEST[asked.kind], widget=widget)
    if asked.kind == "whole":
        return forms.IntegerField(
            min_value=-LARGEST, max_value=LARGEST, widget=forms.TextInput(attrs={"inputmode": "numeric"})
        )  # fmt: skip
    if asked.kind == "decimal":
        return QuantityField()
    if asked.kind == "date":
        return DayField()
    if asked.kind == "yes_no":
        return _chosen_of([("true", gettext("Yes")), ("false", gettext("No"))], asked.required)
    if asked.kind == "choice":
        return _choice(labelled(asked), asked.required)
    field = forms.CharField(max_length=LONGEST[asked.kind])
    if asked.kind == "person":
        field.widget.attrs |= PEOPLE.attributes(PEOPLE_ID)
    return field


FEW = 5
"""So many answers are seen at once; more are in a list that opens."""


def _choice(choices: Sequence[tuple[str, str]], required: bool) -> forms.Field:
    if len(choices) <= FEW:
        return _chosen_of(choices, required)
    return forms.ChoiceField(choices=[("", "" if required else "–"), *choices])


def _chosen_of(choices: Sequence[tuple[str, str]], required: bool) -> forms.Field:
    offered = list(choices) if required else [*choices, ("", gettext("No answer"))]
    return forms.ChoiceField(choices=offered, widget=forms.RadioSelect)


def _as_json(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return f"{value:f}" if isinstance(value, Decimal) else value


def suggestions_of(actor: Actor, fields: Sequence[FormField]) -> list[tuple[str, Any]]:
    """The lists that help typing, for forms that ask for a person."""
    if not any(each.kind == "person" for each in fields):
        return []
    return [(PEOPLE_ID, list(PEOPLE.offered(actor).items()))]


def said_of(values: Mapping[str, Any], fields: Sequence[FormField]) -> list[tuple[str, str]]:
    """Values that an instance remembers, as people read them: by what they were asked as."""
    asked = {each.name: each for each in fields}
    return [
        (label_of(asked[name]), answer_of(asked[name], value))
        if name in asked
        else (name.replace("_", " ").capitalize(), as_words(value))
        for name, value in values.items()
    ]


def answer_of(asked: FormField, value: Any) -> str:
    """What was filled in, in words: a choice by its label."""
    return dict(labelled(asked)).get(str(value), "") or as_words(value)


def as_words(value: Any) -> str:
    """One remembered value in words."""
    if value is None or value == "":
        return "–"
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, date):
        return day(value)
    if isinstance(value, str) and (found := _day(value)):
        return day(found)
    if isinstance(value, Mapping):
        return "; ".join(f"{name}: {as_words(each)}" for name, each in value.items())
    if isinstance(value, (list, tuple)):
        return ", ".join(as_words(each) for each in value) or "–"
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def _day(text: str) -> date | None:
    """The day that a text is, as instances remember days."""
    try:
        return date.fromisoformat(text) if len(text) == len("2026-11-01") else None
    except ValueError:
        return None
