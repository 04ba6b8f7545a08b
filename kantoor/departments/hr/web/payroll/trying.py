"""The page to try out pay: gross to net and back, with each line explained; nothing is kept."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern
from django.utils.encoding import force_str
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kantoor.departments.hr.queries.payroll.simulation import Simulated, simulated_pay
from kantoor.departments.hr.reckoning.nl.parameters import years
from kantoor.kernel.errors import DomainError
from kantoor.kernel.pages.view import View, actor_of
from kantoor.kernel.ui.form_page import FormPage
from kantoor.kernel.ui.formats import number


class TryForm(forms.Form):
    """A wage a month, gross or net."""

    amount = forms.DecimalField(min_value=0, max_digits=9, decimal_places=2)
    what = forms.ChoiceField(choices=[("gross", _("Gross")), ("net", _("Net"))])
    year = forms.ChoiceField(choices=lambda: [(str(year), str(year)) for year in reversed(years())])
    age_class = forms.ChoiceField(
        choices=[
            ("below-aow", _("Below the AOW age")),
            ("aow", _("AOW age")),
            ("aow-born-before-1946", _("AOW age, born before 1946")),
        ]
    )
    credit = forms.BooleanField(required=False, initial=True)

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **{"label_suffix": "", **options})
        labels: Mapping[str, str] = {
            "amount": gettext("Amount a month"),
            "what": gettext("That amount is"),
            "year": gettext("Year"),
            "age_class": gettext("Age class"),
            "credit": gettext("With tax credits"),
        }
        for name, label in labels.items():
            self.fields[name].label = label


@dataclass(frozen=True, kw_only=True)
class TryPay(View):
    """The form; sent, the payslip that it would give."""

    def respond(self, request: HttpRequest) -> HttpResponse:
        """The form and, once it is filled in, what comes of it."""
        form = TryForm(request.POST or None)
        found: Simulated | None = None
        if request.method == "POST" and form.is_valid():
            given = form.cleaned_data
            try:
                found = simulated_pay(
                    actor_of(request),
                    year=int(given["year"]),
                    amount=int(given["amount"] * 100),
                    what=given["what"],
                    age_class=given["age_class"],
                    credit=given["credit"],
                )
            except DomainError as refusal:
                form.add_error(None, force_str(refusal.message))
        page = FormPage(
            title=force_str(self.title),
            form=form,
            submit=gettext("Reckon"),
            intro=gettext("Nothing is kept. Premiums and special rewards are not verified."),
        )
        return render(
            request,
            "hr/try_pay.html",
            {"page": page, "title": page.title, "form": form, "found": _shown(found)},
            status=422 if form.errors else 200,
        )

    def routes(self) -> list[URLPattern]:
        """Its one address."""
        return [self.route("", self.respond)]


def _shown(found: Simulated | None) -> dict[str, Any] | None:
    if found is None:
        return None
    totals = [
        (gettext("Gross"), found.gross), (gettext("Wage tax"), found.tax),
        (gettext("Net"), found.net), (gettext("Employer's costs"), found.employer),
    ]  # fmt: skip
    return {
        "totals": [(name, _euros(value)) for name, value in totals],
        "lines": [(line.title, line.rule, line.rate, _euros(line.amount)) for line in found.lines],
    }


def _euros(cents: int) -> str:
    return number(Decimal(cents).scaleb(-2))


TRY_PAY = TryPay(key="hr.try_pay", title=_("Try out pay"), permission="hr.see_pay")
