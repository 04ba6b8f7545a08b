"""One input as a form field: what keyboard, what control, and how what was typed is read."""

from collections.abc import Mapping
from typing import Any

import msgspec
from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.encoding import force_str
from django.utils.translation import gettext
from msgspec import inspect as kinds

from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.money import LARGEST, exponent
from kantoor.kernel.pages import shapes
from kantoor.kernel.pages.inputs import Input
from kantoor.kernel.pages.plans import Plan
from kantoor.kernel.pages.words import values_of, words_of
from kantoor.kernel.ui.fields import AmountField, DayField, QuantityField

MONEY_NAMES = {
    "amount", "balance", "closing", "credit", "credit_limit", "debit",
    "gross", "net", "open", "opening", "paid", "tax", "total",
}  # fmt: skip
"""Integers of these names are amounts in minor units, as are all that end in `_minor`."""
LONG_NAMES = {"remark", "remarks", "reason", "why", "note", "notes", "body", "comment", "address"}
PASSWORDS = {"password", "current", "new"}


def field_for(asked: Input, action: str, actor: Actor, plan: Plan, in_line: bool) -> forms.Field:
    """The form field of an input, with its label and hint in the reader's language."""
    words = words_of(action, asked.path)
    field = _field(asked, action, actor, plan)
    field.label = force_str(words.label)
    field.help_text = "" if in_line else force_str(words.hint)
    field.required = _is_required(asked, field)
    return field


def _is_required(asked: Input, field: forms.Field) -> bool:
    if isinstance(field, forms.BooleanField) or asked.nullable:
        return False
    # A choice that has a default always has a value: nothing about it is optional.
    chosen = type(field) is forms.TypedChoiceField and not _may_be_none(asked)
    return asked.required or chosen


def _may_be_none(asked: Input) -> bool:
    return asked.nullable or (not asked.required and asked.default in (None, ""))


def _field(asked: Input, action: str, actor: Actor, plan: Plan) -> forms.Field:
    if choices := _choices(asked, action, actor, plan):
        return _choice_field(asked, choices)
    wanted = plan.kinds.get(asked.path, "")
    if wanted == "hidden":
        return forms.CharField(widget=forms.HiddenInput)
    kind = asked.kind
    if isinstance(kind, kinds.BoolType):
        return _yes_or_no(asked)
    if isinstance(kind, kinds.IntType):
        money = wanted == "money" or (not wanted and is_money(asked))
        return _amount(asked, actor) if money else _whole_number()
    if isinstance(kind, kinds.DecimalType):
        return QuantityField()
    if isinstance(kind, kinds.DateType):
        return DayField()
    if isinstance(kind, kinds.DateTimeType):
        return MomentField()
    if isinstance(kind, kinds.StrType):
        return _text(asked, wanted)
    if isinstance(kind, shapes.SEVERAL) and _holds_words(kind):
        return ListField()
    return JsonField()


def is_money(asked: Input) -> bool:
    """Whether an integer is an amount in minor units: its name says so."""
    if not isinstance(asked.kind, kinds.IntType):
        return False
    return asked.name.endswith("_minor") or asked.name in MONEY_NAMES


def _amount(asked: Input, actor: Actor) -> forms.Field:
    in_line = asked.path.count(".") > 1
    return AmountField(
        exponent=exponent(actor.currency), currency="" if in_line else actor.currency
    )


def _whole_number() -> forms.Field:
    bounds = [MinValueValidator(-LARGEST), MaxValueValidator(LARGEST)]
    return forms.IntegerField(validators=bounds, widget=forms.TextInput)


def _text(asked: Input, wanted: str) -> forms.Field:
    if wanted == "article":
        return forms.CharField(widget=forms.Textarea(attrs={"rows": 18, "spellcheck": "true"}))
    if wanted == "lines_of_text" or (not wanted and asked.name in LONG_NAMES):
        return forms.CharField(widget=forms.Textarea(attrs={"rows": 3}))
    if wanted == "password" or (not wanted and asked.name in PASSWORDS):
        # What is typed twice wrong is typed again: a password never returns to the page.
        filled_in_by = "current-password" if asked.name == "current" else "new-password"
        return forms.CharField(
            strip=False, widget=forms.PasswordInput(attrs={"autocomplete": filled_in_by})
        )
    field = forms.CharField()
    if asked.name == "email":
        field.widget.attrs |= {"inputmode": "email", "autocomplete": "off"}
    if asked.name == "phone":
        field.widget.attrs |= {"inputmode": "tel", "autocomplete": "off"}
    return field


def _yes_or_no(asked: Input) -> forms.Field:
    if asked.nullable:
        words = [("", gettext("As it is")), ("true", gettext("Yes")), ("false", gettext("No"))]
        return forms.TypedChoiceField(
            choices=words, coerce=lambda text: text == "true", empty_value=None
        )
    return forms.BooleanField()


def _choices(asked: Input, action: str, actor: Actor, plan: Plan) -> dict[str, str] | None:
    own = plan.choices.get(asked.path)
    if own is not None:
        chosen: Mapping[str, Any] = own(actor) if callable(own) else own
        return {force_str(value): force_str(word) for value, word in chosen.items()}
    named = values_of(action, asked.path, actor)
    if isinstance(asked.kind, (kinds.LiteralType, kinds.EnumType)):
        values = _literal_values(asked.kind)
        return {value: (named or {}).get(value) or _humanised(value) for value in values}
    return named


def _literal_values(kind: kinds.LiteralType | kinds.EnumType) -> list[str]:
    values = kind.values if isinstance(kind, kinds.LiteralType) else [e.value for e in kind.cls]
    return [str(value) for value in values]


def _humanised(value: str) -> str:
    return value.replace("_", " ").capitalize()


def _choice_field(asked: Input, choices: Mapping[str, str]) -> forms.Field:
    if isinstance(asked.kind, shapes.SEVERAL):
        several = forms.MultipleChoiceField(choices=list(choices.items()))
        several.widget = forms.CheckboxSelectMultiple(choices=list(choices.items()))
        return several
    offered = list(choices.items())
    if "" not in choices and (_may_be_none(asked) or (asked.required and len(offered) > 1)):
        offered = [("", "" if asked.required else "–"), *offered]
    return forms.TypedChoiceField(choices=offered, empty_value="")


def _holds_words(kind: Any) -> bool:
    item = shapes.bare(kind.item_type)[0]
    return isinstance(item, (kinds.StrType, kinds.IntType, kinds.UUIDType))


class ListField(forms.CharField):
    """Several codes or numbers, separated by spaces, commas or line ends."""

    def __init__(self, **options: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": 2}), **options)

    def to_python(self, value: Any) -> list[str]:  # type: ignore[override]
        """The parts that were typed."""
        return [part for part in str(value or "").replace(",", " ").split() if part]

    def prepare_value(self, value: Any) -> Any:
        """Values as one line."""
        several = isinstance(value, (list, tuple, set, frozenset))
        return " ".join(str(each) for each in value) if several else value


class MomentField(forms.DateTimeField):
    """A moment in the reader's zone."""

    def __init__(self, **options: Any) -> None:
        widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
        super().__init__(widget=widget, **options)


class JsonField(forms.CharField):
    """What has no control of its own, as JSON: rarely seen, but no parameter is out of reach."""

    def __init__(self, **options: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": 4, "class": "k-code"}), **options)

    def to_python(self, value: Any) -> Any:
        """The values that were typed."""
        if value in self.empty_values:
            return None
        try:
            return msgspec.json.decode(str(value).encode())
        except msgspec.DecodeError:
            raise forms.ValidationError(gettext("This is not JSON.")) from None

    def prepare_value(self, value: Any) -> Any:
        """Values as JSON."""
        if value is None or isinstance(value, str):
            return value
        return msgspec.json.encode(value).decode()
