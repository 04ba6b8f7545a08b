"""The page that takes bank statements: files are kept, and a job takes them in."""

from dataclasses import dataclass
from typing import Any

import msgspec
from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import URLPattern
from django.utils.encoding import force_str
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.actions.banking.handing_in import FileAnswer, take_in_bank_file
from kantoor.departments.finance.formats.bank.table import mappings
from kantoor.departments.finance.web.banking.lines import RECONCILE, accounts_by_code
from kantoor.departments.finance.web.banking.statements import BANK_STATEMENTS
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.intake.handing_in import kept_upload
from kantoor.kernel.pages.job_results import Told, result_of
from kantoor.kernel.pages.view import View, actor_of
from kantoor.kernel.ui.cells import Link
from kantoor.kernel.ui.form_page import FormPage
from kantoor.kernel.ui.listing import Act, Column, Row
from kantoor.kernel.ui.record_page import Document, Fact


class BankFileForm(forms.Form):
    """A file, and what may be let pass."""

    file = forms.FileField()
    account = forms.ChoiceField(required=False)
    mapping = forms.ChoiceField(required=False)
    open_accounts = forms.BooleanField(required=False)
    lenient = forms.BooleanField(required=False)

    def __init__(self, actor: Actor, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **{"label_suffix": "", **options})
        words = {
            "file": (gettext("File"), gettext("CAMT.053, MT940, OFX or CSV; gzip is fine too.")),
            "account": (gettext("Bank account"), gettext("Empty: the file says it.")),
            "mapping": (gettext("Bank of a CSV"), gettext("Empty: found out from its columns.")),
            "open_accounts": (gettext("Add accounts that are not known yet"), ""),
            "lenient": (
                gettext("Take in what does not add up"),
                gettext("With a warning that stays on the statement."),
            ),
        }
        for name, (label, hint) in words.items():
            self.fields[name].label, self.fields[name].help_text = label, hint
        nothing = [("", "")]
        accounts, banks = self.fields["account"], self.fields["mapping"]
        assert isinstance(accounts, forms.ChoiceField)
        assert isinstance(banks, forms.ChoiceField)
        accounts.choices = nothing + list(accounts_by_code(actor).items())
        banks.choices = nothing + [(each.name, each.title) for each in mappings()]


@dataclass(frozen=True, kw_only=True)
class BankHandIn(View):
    """The form; sent, the way to the job's page."""

    def respond(self, request: HttpRequest) -> HttpResponse:
        """The form, or the job that takes the file in."""
        actor = actor_of(request)
        form = BankFileForm(actor, request.POST or None, request.FILES or None)
        if request.method == "POST" and form.is_valid():
            given = form.cleaned_data
            key = take_in_bank_file.enqueue(
                actor,
                path=str(kept_upload(given["file"])),
                account=given["account"],
                mapping=given["mapping"],
                lenient=given["lenient"],
                open_accounts=given["open_accounts"],
            )
            return HttpResponseRedirect(f"/today/jobs/{key}")
        page = FormPage(
            title=force_str(self.title),
            form=form,
            submit=gettext("Take the file in"),
            intro=gettext("A statement that is known already changes nothing."),
            cancel_url=BANK_STATEMENTS.url,
            breadcrumb=[Link(gettext("Bank statements"), BANK_STATEMENTS.url)],
        )
        status = 422 if form.errors else 200
        return render(request, "pages/form.html", {"page": page}, status=status)

    def routes(self) -> list[URLPattern]:
        """Its one address."""
        return [self.route("", self.respond)]


HAND_IN_BANK = BankHandIn(
    key="finance.bank_hand_in",
    title=_("Take in a statement"),
    permission="finance.import_statement",
    in_menu=False,
)


@result_of("finance.take_in_bank_file")
def bank_file_taken(actor: Actor, result: bytes) -> Told:
    """What came of a file, or by which rules it was refused."""
    del actor
    found = msgspec.json.decode(result, type=FileAnswer)
    facts = [Fact(gettext("File"), found.file)]
    if found.ok:
        facts += [
            Fact(gettext("Form"), found.what),
            Fact(gettext("New statements"), found.statements),
            Fact(gettext("Known statements"), found.known),
            Fact(gettext("New lines"), found.lines),
        ]
    else:
        facts.append(Fact(gettext("Refused"), gettext("Nothing was taken in")))
    if found.opened:
        facts.append(Fact(gettext("Added bank accounts"), ", ".join(found.opened)))
    said = [*found.errors, *found.warnings]
    lines = [Row(f"{n}", {"why": each.message, "rule": each.rule}) for n, each in enumerate(said)]
    columns = [Column("why", gettext("What is wrong")), Column("rule", gettext("Rule"))]
    to_lines = Act(gettext("Reconcile"), RECONCILE, icon="arrows-join", tone="main")
    again = Act(gettext("Bank statements"), BANK_STATEMENTS.url)
    return Told(
        facts=facts,
        document=Document(columns=columns, lines=lines) if lines else None,
        acts=[to_lines if found.lines else again],
    )
