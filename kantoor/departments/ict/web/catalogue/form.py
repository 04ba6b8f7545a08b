"""The form of an item of the catalogue: fields as they were arranged, for who asks."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext

from kantoor.departments.ict.queries.catalogue.items import FieldShown, ItemShown, own_devices
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import DomainError, Refusals
from kantoor.kernel.pages.suggesting import EMPLOYEES
from kantoor.kernel.ui.fields import DayField, QuantityField

BEFORE = "answer-"
REQUESTER = "requester"
PEOPLE = "order-people"
"""The list on the page of colleagues, which helps the desk typing codes."""


class OrderForm(forms.Form):
    """The answers of one request; with `for_others` the desk says whom it is for."""

    def __init__(self, actor: Actor, shown: ItemShown, for_others: bool, data: Any = None) -> None:
        super().__init__(data, label_suffix="", auto_id="order-%s")
        devices = {} if for_others else own_devices(actor)
        if for_others:
            field = forms.CharField(required=False, max_length=40)
            field.label = gettext("Requester")
            field.help_text = gettext("The code of a colleague; empty is yourself.")
            field.widget.attrs |= EMPLOYEES.attributes(PEOPLE)
            self.fields[REQUESTER] = field
        for each in shown.fields:
            made = _field(each, devices, for_others)
            made.label, made.required = each.label, each.required
            made.help_text = each.hint or _bounds(each)
            self.fields[BEFORE + each.key] = made

    def answers(self) -> dict[str, str]:
        """What was answered, as the action takes it."""
        return {
            name.removeprefix(BEFORE): _text(value)
            for name, value in self.cleaned_data.items()
            if name.startswith(BEFORE)
        }

    def refuse(self, refusal: DomainError) -> None:
        """Show a refusal at its fields, or else on top."""
        for each in refusal.errors if isinstance(refusal, Refusals) else (refusal,):
            name = each.place.field
            known = [field for field in (BEFORE + name, name) if field in self.fields]
            self.add_error(known[0] if known else None, str(each.message))


def _field(each: FieldShown, devices: Mapping[str, str], for_others: bool) -> forms.Field:
    if each.kind == "long":
        return forms.CharField(widget=forms.Textarea(attrs={"rows": 4}))
    if each.kind == "choice":
        return _choice({word: word for word in each.choices}, each)
    if each.kind == "number":
        return QuantityField()
    if each.kind == "date":
        return DayField()
    if each.kind == "device" and not for_others:
        return _choice(devices, each)
    field = forms.CharField()
    if each.kind == "person" and for_others:
        field.widget.attrs |= EMPLOYEES.attributes(PEOPLE)
    return field


def _choice(offered: Mapping[str, str], each: FieldShown) -> forms.Field:
    empty = ("", "" if each.required else "–")
    return forms.ChoiceField(choices=[empty, *offered.items()])


def _bounds(each: FieldShown) -> str:
    """What a number may be, where nothing else is said of it."""
    if each.kind != "number":
        return ""
    if each.least is not None and each.most is not None:
        bounds = {"least": each.least, "most": each.most}
        return gettext("From %(least)s to %(most)s.") % bounds
    if each.least is not None:
        return gettext("At least %(n)s.") % {"n": each.least}
    return gettext("At most %(n)s.") % {"n": each.most} if each.most is not None else ""


def _text(value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{value:f}"
    return "" if value is None else str(value)
