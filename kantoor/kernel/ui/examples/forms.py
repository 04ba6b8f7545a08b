"""Forms for the style guide: a plain one with faults, one with lines, and signing in."""

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _

from kantoor.kernel.ui.cells import Link
from kantoor.kernel.ui.examples.framing import example_url
from kantoor.kernel.ui.fields import AmountField, DayField
from kantoor.kernel.ui.form_page import Consequence, FormPage, Section


def _countries() -> list[tuple[str, str]]:
    return [("NL", _("Netherlands")), ("BE", _("Belgium")), ("GB", _("United Kingdom"))]


def _kinds() -> list[tuple[str, str]]:
    return [("person", _("Person")), ("company", _("Company"))]


def _journals() -> list[tuple[str, str]]:
    return [("memo", _("Memorial")), ("bank", _("Bank"))]


class CustomerForm(forms.Form):
    """A customer with one field of each kind."""

    name = forms.CharField()
    email = forms.EmailField()
    country = forms.ChoiceField(choices=_countries)
    kind = forms.ChoiceField(choices=_kinds, widget=forms.RadioSelect)
    limit = AmountField(currency="EUR", required=False)
    since = DayField(required=False)
    remark = forms.CharField(widget=forms.Textarea(attrs={"rows": 3}), required=False)
    reminders = forms.BooleanField(required=False)

    def __init__(self, data: QueryDict | None = None) -> None:
        super().__init__(data)
        self.fields["name"].label = _("Name")
        self.fields["email"].label = _("Email address")
        self.fields["email"].help_text = _("Invoices go here.")
        self.fields["country"].label = _("Country")
        self.fields["kind"].label = _("Kind of customer")
        self.fields["limit"].label = _("Credit limit")
        self.fields["limit"].help_text = _("Orders above this wait for your approval.")
        self.fields["since"].label = _("Customer since")
        self.fields["remark"].label = _("Remark")
        self.fields["reminders"].label = _("Remind by itself when an invoice is late")


class LineForm(forms.Form):
    """A line of an entry."""

    account = forms.CharField()
    text = forms.CharField(required=False)
    debit = AmountField(required=False)
    credit = AmountField(required=False)

    def __init__(self, *arguments: object, **options: object) -> None:
        super().__init__(*arguments, **options)  # type: ignore[arg-type]
        labels = {
            "account": _("Account"),
            "text": _("Description"),
            "debit": _("Debit"),
            "credit": _("Credit"),
        }
        for name, label in labels.items():
            self.fields[name].label = label


class EntryForm(forms.Form):
    """The head of an entry."""

    journal = forms.ChoiceField(choices=_journals)
    on = DayField()
    text = forms.CharField()

    def __init__(
        self, data: QueryDict | None = None, initial: dict[str, str] | None = None
    ) -> None:
        super().__init__(data, initial=initial)
        self.fields["journal"].label = _("Journal")
        self.fields["on"].label = _("Date")
        self.fields["text"].label = _("Description")


class SignInForm(forms.Form):
    """Who one is."""

    email = forms.EmailField(widget=forms.EmailInput(attrs={"autocomplete": "username"}))
    password = forms.CharField(
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )

    def __init__(self) -> None:
        super().__init__()
        self.fields["email"].label = _("Email address")
        self.fields["password"].label = _("Password")


def faulty() -> FormPage:
    """A form that was sent with three faults; what was typed is kept."""
    typed = QueryDict(
        "name=&email=info@delinde&country=NL&kind=company&limit=2.500,005&remark=Belt+liever+niet&reminders=on"
    )
    form = CustomerForm(typed)
    form.is_valid()
    return FormPage(
        title=_("New customer"),
        form=form,
        submit=_("Save customer"),
        sections=[
            Section(_("Who it is"), ["name", "email", "country", "kind"]),
            Section(_("Agreements"), ["limit", "since", "remark", "reminders"]),
        ],
        cancel_url=example_url("list"),
        breadcrumb=[
            Link(_("Sales"), example_url("list")),
            Link(_("Customers"), example_url("list")),
        ],
    )


def entry() -> FormPage:
    """An entry with lines, and a word on what can't be undone."""
    line_set = forms.formset_factory(LineForm, extra=1, can_delete=True)
    rows = [
        {"account": "4010 Huur", "text": "Huur juni", "debit": 185_000},
        {"account": "1520 Te vorderen btw", "text": "21%", "debit": 38_850},
        {"account": "1600 Crediteuren", "text": "Vastgoed Oost", "credit": 223_850},
    ]
    return FormPage(
        title=_("New entry"),
        form=EntryForm(initial={"journal": "memo", "on": "2011-06-30", "text": "Huur juni 2011"}),
        submit=_("Post entry"),
        lines=line_set(initial=rows, prefix="lines"),
        lines_title=_("Lines"),
        lines_sum="debit",
        consequence=Consequence(
            _("The entry gets number M-2011-0412 and can no longer be changed. A mistake is put right by reversing it.")
        ),
        cancel_url=example_url("list"),
        draft_url=example_url("draft"),
        breadcrumb=[Link(_("Finance"), example_url("today"))],
    )  # fmt: skip


def sign_in() -> FormPage:
    """The sign-in page."""
    return FormPage(title=_("Sign in"), form=SignInForm(), submit=_("Sign in"))
