"""The page where an expense is entered, with one hand on a telephone: a picture and an amount."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import URLPattern
from django.utils import timezone
from django.utils.encoding import force_str
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kantoor.departments.hr.actions.expenses.claiming import claim_expense
from kantoor.departments.hr.actions.expenses.receipts import LARGEST
from kantoor.departments.hr.drafts_expenses import ExpenseDraft, Receipt
from kantoor.departments.hr.queries.expenses.categories import CategoryRow, expense_categories
from kantoor.departments.hr.queries.expenses.claims import expense_receipt, my_claims
from kantoor.departments.hr.web.expenses.lists import MY_CLAIMS
from kantoor.departments.hr.web.expenses.words import claim_url
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import DomainError
from kantoor.kernel.files.files import open_file
from kantoor.kernel.money import exponent, half_up
from kantoor.kernel.pages.view import View, actor_of
from kantoor.kernel.ui.cells import Link
from kantoor.kernel.ui.fields import AmountField, DayField, QuantityField
from kantoor.kernel.ui.form_page import FormPage
from kantoor.kernel.ui.toasts import Toast, say

SHOWN = {"application/pdf", "image/png", "image/jpeg", "image/webp"}
"""What a browser may show; all else is downloaded."""
SEALED = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'"
CURRENCIES = ("USD", "GBP", "CHF", "SEK", "DKK", "NOK", "PLN", "CZK", "JPY")


class ExpenseForm(forms.Form):
    """One expense; which of amount and quantity counts, its category says."""

    receipt = forms.FileField(required=False)
    category = forms.ChoiceField()
    amount = QuantityField(required=False)
    quantity = QuantityField(required=False)
    date = DayField()
    currency = forms.ChoiceField(required=False)
    tax = AmountField(required=False)
    text = forms.CharField(max_length=200, required=False)
    reason = forms.CharField(max_length=200, required=False)
    claim = forms.CharField(max_length=20, required=False, widget=forms.HiddenInput)

    def __init__(self, actor: Actor, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **{"label_suffix": "", **options})
        self.categories = {row.code: row for row in expense_categories(actor, active=True)}
        self.fields["category"].choices = [  # type: ignore[attr-defined]
            (row.code, row.name) for row in self.categories.values()
        ]
        others = [code for code in CURRENCIES if code != actor.currency]
        self.fields["currency"].choices = [  # type: ignore[attr-defined]
            (code, code) for code in (actor.currency, *others)
        ]
        self.fields["tax"].exponent = exponent(actor.currency)  # type: ignore[attr-defined]
        # A telephone then offers its camera at once.
        self.fields["receipt"].widget.attrs |= {"accept": "image/*,application/pdf"}
        for name, (label, hint) in _WORDS.items():
            self.fields[name].label = force_str(label)
            self.fields[name].help_text = force_str(hint)

    def draft(self) -> ExpenseDraft:
        """What was typed, as an expense."""
        given = self.cleaned_data
        category: CategoryRow = self.categories[given["category"]]
        amount: Decimal | None = given["amount"]
        minor = None
        if amount is not None and category.kind == "receipt":
            minor = half_up(amount, exponent(given["currency"] or category.currency))
        return ExpenseDraft(
            category=category.code,
            date=given["date"],
            amount=minor,
            quantity=given["quantity"] if category.kind != "receipt" else None,
            currency=given["currency"] if category.kind == "receipt" else "",
            tax=given["tax"],
            text=given["text"],
            reason=given["reason"],
        )


_WORDS: dict[str, tuple[Any, Any]] = {
    "receipt": (_("Receipt"), _("A picture or PDF. On a telephone you can take it now.")),
    "category": (_("Category"), ""),
    "amount": (_("Amount"), _("What you paid, VAT in it.")),
    "quantity": (_("Kilometres or days"), _("For mileage and per diem; leave the amount empty.")),
    "date": (_("Date"), ""),
    "currency": (_("Currency"), ""),
    "tax": (_("VAT on the receipt"), _("Leave it empty to have it reckoned.")),
    "text": (_("What for"), ""),
    "reason": (_("Why above the limit"), _("Only where it is more than the company usually pays.")),
}


@dataclass(frozen=True, kw_only=True)
class EnterExpense(View):
    """The page that takes an expense with its receipt."""

    def respond(self, request: HttpRequest) -> HttpResponse:
        """The form; sent, one is at the claim that it went into."""
        actor = actor_of(request)
        sent = request.method == "POST"
        form = ExpenseForm(
            actor,
            request.POST if sent else None,
            request.FILES if sent else None,
            initial={"date": timezone.localdate(), "claim": _claim(actor, request)},
        )
        if sent and form.is_valid() and (number := _entered(actor, form)):
            say(request, Toast(gettext("The expense is in your claim.")))
            return HttpResponseRedirect(claim_url(number))
        page = FormPage(
            title=force_str(self.title),
            form=form,
            submit=gettext("Add it"),
            intro="" if form.categories else gettext("There are no categories yet; ask HR."),
            cancel_url=MY_CLAIMS.url,
            breadcrumb=[Link(force_str(MY_CLAIMS.title), MY_CLAIMS.url)],
        )
        return render(request, "ui/form.html", {"page": page}, status=422 if form.errors else 200)

    def routes(self) -> list[URLPattern]:
        """Its one address."""
        return [self.route("expense", self.respond)]


def _claim(actor: Actor, request: HttpRequest) -> str:
    """The claim that the address names, or the newest that is being written."""
    if named := request.GET.get("claim", ""):
        return named[:20]
    rows = my_claims(actor, state="draft", limit=1).rows
    return rows[0].number if rows else ""


def _entered(actor: Actor, form: ExpenseForm) -> str:
    """Claim what was typed; empty when it was refused, which the form then says."""
    file = form.cleaned_data["receipt"]
    if file is not None and file.size > LARGEST:
        form.add_error("receipt", gettext("This file is too large."))
        return ""
    receipt = Receipt(name=file.name, content=file.read()) if file is not None else None
    try:
        return claim_expense(
            actor, expense=form.draft(), claim=form.cleaned_data["claim"], receipt=receipt
        )
    except DomainError as error:
        field = error.place.field if error.place.field in form.fields else None
        form.add_error(field, force_str(error.message))
        return ""


@dataclass(frozen=True, kw_only=True)
class ReceiptFile(View):
    """A receipt as it was handed in."""

    def respond(self, request: HttpRequest, expense: int) -> HttpResponseBase:
        """The file; its query refuses who may not see it."""
        actor = actor_of(request)
        file = expense_receipt(actor, expense=expense)
        shown = file.media_type in SHOWN
        answer = FileResponse(
            open_file(actor, file),
            as_attachment=not shown,
            filename=file.name,
            content_type=file.media_type if shown else "application/octet-stream",
        )
        policy = SEALED if file.media_type == "application/pdf" else f"{SEALED}; sandbox"
        answer["Content-Security-Policy"] = policy
        answer["X-Content-Type-Options"] = "nosniff"
        answer["Cache-Control"] = "private, no-store"
        return answer

    def routes(self) -> list[URLPattern]:
        """One address for each expense."""
        return [self.route("<int:expense>", self.respond)]


ENTER_EXPENSE = EnterExpense(
    key="hr.my_claims", title=_("Claim an expense"), permission="hr.use_own", in_menu=False
)
RECEIPT = ReceiptFile(key="hr.receipts", title=_("Receipt"), permission="hr.use_own", in_menu=False)
