"""Rates of exchange and what is held in foreign currency as pages, and the form that takes a file."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import URLPattern
from django.utils.encoding import force_str
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.actions.currency.rates import PERMISSION, import_rates
from kantoor.departments.finance.queries.currency.exposure import currency_exposure
from kantoor.departments.finance.queries.currency.register import exchange_rates
from kantoor.departments.finance.web.figures import account_url
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import DomainError
from kantoor.kernel.pages.acts import act_for
from kantoor.kernel.pages.columns import Col
from kantoor.kernel.pages.list_view import Empty, ListView
from kantoor.kernel.pages.narrowing import Narrow
from kantoor.kernel.pages.view import View, actor_of
from kantoor.kernel.ui.cells import Link
from kantoor.kernel.ui.form_page import FormPage
from kantoor.kernel.ui.listing import Act

SOURCES = {"ecb": _("European Central Bank"), "manual": _("Set by hand")}


def import_act(actor: Actor) -> Act | None:
    """The way to the form that takes a file of rates."""
    if not actor.may(PERMISSION):
        return None
    return Act(gettext("Import rates"), IMPORT_RATES.url, icon="upload")


RATES = ListView(
    key="finance.rates",
    title=_("Rates of exchange"),
    query=exchange_rates,
    columns=[
        Col(key="currency", title=_("Currency"), sort=True, phone="title"),
        Col(key="date", title=_("Date"), kind="date", sort=True, phone="meta"),
        Col(
            key="rate",
            title=_("Rate"),
            value=lambda row: f"{row.rate.normalize():f}",
            align="end",
            phone="figure",
        ),
        Col(key="base", title=_("For one"), phone="hidden"),
        Col(key="source", title=_("Source"), value=lambda row: SOURCES.get(row.source, row.source)),
    ],
    narrows=[
        Narrow(key="currency", title=_("Currency"), kind="text"),
        Narrow(key="source", title=_("Source"), choices=SOURCES),
    ],
    sort="-date",
    new="finance.set_rate",
    main=import_act,
    empty=Empty(
        _("No rates yet"),
        _("Import the file of the European Central Bank, or set a rate by hand."),
        icon="currency-euro",
    ),
)


EXPOSURE = ListView(
    key="finance.exposure",
    title=_("Held in foreign currency"),
    query=currency_exposure,
    columns=[
        Col(
            key="account",
            title=_("Account"),
            kind="link",
            value=lambda row: f"{row.account} {row.name}",
            url=lambda row: account_url(row.account),
            phone="title",
        ),
        Col(
            key="said",
            title=_("In its currency"),
            kind="money",
            currency="currency",
            phone="meta",
        ),
        Col(key="booked", title=_("Booked"), kind="money"),
        Col(key="rate", title=_("Rate"), align="end"),
        Col(key="worth", title=_("Worth today"), kind="money"),
        Col(key="difference", title=_("Difference"), kind="money", phone="figure"),
    ],
    main=lambda actor: act_for(actor, "finance.revalue", icon="refresh"),
    empty=Empty(
        _("Nothing is held in foreign currency"),
        _("What is invoiced, owed or in the bank in another currency stands here."),
        icon="currency-dollar",
    ),
)


class RatesForm(forms.Form):
    """A file of rates."""

    file = forms.FileField()
    replace = forms.BooleanField(required=False)

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **{"label_suffix": "", **options})
        self.fields["file"].label = gettext("File")
        self.fields["file"].help_text = gettext(
            "eurofxref of the European Central Bank: CSV or XML, plain or zip."
        )
        self.fields["replace"].label = gettext("Replace rates that the file says otherwise")


@dataclass(frozen=True, kw_only=True)
class ImportRates(View):
    """The page that takes a file of rates."""

    def respond(self, request: HttpRequest) -> HttpResponse:
        """The form; sent, the way to the rates."""
        form = RatesForm(request.POST or None, request.FILES or None)
        if request.method == "POST" and form.is_valid():
            content = form.cleaned_data["file"].read()
            try:
                import_rates(actor_of(request), content, form.cleaned_data["replace"])
                return HttpResponseRedirect(RATES.url)
            except DomainError as refusal:
                form.add_error("file", str(refusal))
        page = FormPage(
            title=force_str(self.title),
            form=form,
            submit=gettext("Import"),
            intro=gettext("What is kept already changes nothing."),
            cancel_url=RATES.url,
            breadcrumb=[Link(force_str(RATES.title), RATES.url)],
        )
        status = 422 if form.errors else 200
        return render(request, "ui/form.html", {"page": page}, status=status)

    def routes(self) -> list[URLPattern]:
        """Its one address."""
        return [self.route("", self.respond)]


IMPORT_RATES = ImportRates(
    key="finance.import_rates", title=_("Import rates"), permission=PERMISSION, in_menu=False
)
