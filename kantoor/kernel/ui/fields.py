"""Form fields for what back-office people type: amounts in either notation, and days."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext

from kantoor.kernel.ui import formats
from kantoor.kernel.ui.reading import Unreadable, read_amount, read_date


class AmountField(forms.Field):
    """An amount; its value is an integer of minor units. `exponent` as of the currency (ISO 4217)."""

    def __init__(self, *, exponent: int = 2, currency: str = "", **options: Any) -> None:
        super().__init__(**options)
        self.exponent, self.currency = exponent, currency
        self.widget.attrs |= {"inputmode": "decimal", "class": "k-amount", "autocomplete": "off"}

    def to_python(self, value: Any) -> int | None:
        """Minor units of what was typed; refused with words when it is no amount or too fine."""
        if value in self.empty_values:
            return None
        try:
            minor = read_amount(str(value)).scaleb(self.exponent)
        except Unreadable as fault:
            raise forms.ValidationError(str(fault)) from fault
        if minor != int(minor):
            words = gettext("Use at most %(n)s decimals.") % {"n": self.exponent}
            raise forms.ValidationError(words)
        if abs(minor) >= 2**63:
            raise forms.ValidationError(gettext("This amount is too large to be kept."))
        return int(minor)

    def prepare_value(self, value: Any) -> Any:
        """Minor units as typed text; what a person typed stays as it was."""
        return formats.amount(value, self.exponent) if isinstance(value, int) else value


class QuantityField(forms.Field):
    """A quantity or rate as Decimal, in either notation."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.widget.attrs |= {"inputmode": "decimal", "class": "k-amount", "autocomplete": "off"}

    def to_python(self, value: Any) -> Decimal | None:
        """The exact number of what was typed."""
        if value in self.empty_values:
            return None
        try:
            return read_amount(str(value))
        except Unreadable as fault:
            raise forms.ValidationError(str(fault)) from fault

    def prepare_value(self, value: Any) -> Any:
        """A Decimal in the reader's notation."""
        return formats.number(value) if isinstance(value, Decimal) else value


class DayField(forms.Field):
    """A day; the browser's own picker, and on a keyboard any usual notation."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")

    def to_python(self, value: Any) -> date | None:
        """The day that was typed or picked."""
        if value in self.empty_values:
            return None
        if isinstance(value, date):
            return value
        try:
            return read_date(str(value))
        except Unreadable as fault:
            raise forms.ValidationError(str(fault)) from fault
