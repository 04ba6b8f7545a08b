"""Bring in another administration: hand in the files, see all that would happen, then do it."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from django import forms
from django.core import signing
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern
from django.utils.encoding import force_str
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.actions.leaving import import_ledger
from kantoor.departments.finance.formats.leaving.reading import FORMATS
from kantoor.departments.finance.queries.leaving.answers import LedgerFile, LedgerImport
from kantoor.departments.finance.queries.leaving.foresee import (
    MOST_FILES,
    PERMISSION,
    foresee_import,
)
from kantoor.departments.finance.web.figures import account_url
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import DomainError
from kantoor.kernel.intake.handing_in import folder, place_for
from kantoor.kernel.money import exponent
from kantoor.kernel.pages.view import View, actor_of
from kantoor.kernel.ui.form_page import FormPage
from kantoor.kernel.ui.formats import amount

LARGEST = 64 * 1024 * 1024
SHOWN = 200
HOW = {"mapped": _("as you said"), "found": _("is there"), "made": _("will be made")}
SALT = "finance.import_ledger"
HOURS = 12


class _Files(forms.ClearableFileInput):
    allow_multiple_selected = True


class _FilesField(forms.FileField):
    widget = _Files

    def clean(self, data: object, initial: object = None) -> list["UploadedFile[bytes]"]:
        several = data if isinstance(data, (list, tuple)) else [data]
        return [super(_FilesField, self).clean(each, initial) for each in several]


class ImportForm(forms.Form):
    """The files, their form, and what becomes of what."""

    handed_in = _FilesField(
        label=_("Files"),
        help_text=_(
            "An audit file (XAF, SAF-T), a journal of Beancount, hledger or ledger, CSV or XLSX."
        ),
    )
    format = forms.ChoiceField(
        label=_("Form"),
        required=False,
        choices=[("", _("Find out")), *((each, each) for each in FORMATS)],
    )
    mapping = forms.CharField(
        label=_("What becomes what"),
        required=False,
        max_length=100_000,
        help_text=_("Only where it is not clear by itself, as TOML: [accounts] “old” = “new”."),
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false"}),
    )

    def clean_handed_in(self) -> list["UploadedFile[bytes]"]:
        """No more than can be held."""
        found: list[UploadedFile[bytes]] = self.cleaned_data["handed_in"]
        if len(found) > MOST_FILES or sum(each.size or 0 for each in found) > LARGEST:
            raise forms.ValidationError(
                gettext("That is more than a page takes; use “kantoor import ledger”.")
            )
        return found


@dataclass(frozen=True, kw_only=True)
class ImportView(View):
    """The page that takes files; what they would do is shown before it is done."""

    def respond(self, request: HttpRequest) -> HttpResponse:
        """The form, the dry run, or what was done."""
        actor = actor_of(request)
        if request.method == "POST" and (kept := request.POST.get("kept")):
            return self._go(request, actor, kept)
        form = ImportForm(request.POST or None, request.FILES or None)
        found, kept = None, ""
        if request.method == "POST" and form.is_valid():
            files = [
                LedgerFile(each.name or "file", each.read())
                for each in form.cleaned_data["handed_in"]
            ]
            asked = {name: form.cleaned_data[name] for name in ("format", "mapping")}
            try:
                found = foresee_import(actor, files=files, **asked)
            except DomainError as error:
                form.add_error("mapping", force_str(error.message))
            if found is not None and found.ok and not found.known:
                kept = _keep(actor, files, asked)
        return self._page(request, form, found, kept)

    def _go(self, request: HttpRequest, actor: Actor, kept: str) -> HttpResponse:
        try:
            files, asked = _kept(actor, kept)
            found = import_ledger(
                actor, files=files, format=asked["format"], mapping=asked["mapping"]
            )
        except DomainError as error:
            form = ImportForm()
            form.full_clean()
            return self._page(request, form, None, "", force_str(error))
        except (signing.BadSignature, OSError):
            words = gettext("These files are no longer here; choose them again.")
            return self._page(request, ImportForm(), None, "", words)
        return self._page(request, ImportForm(), found, "")

    def _page(
        self,
        request: HttpRequest,
        form: ImportForm,
        found: LedgerImport | None,
        kept: str,
        said: str = "",
    ) -> HttpResponse:
        page = FormPage(
            title=force_str(self.title),
            form=form,
            submit=gettext("See what it would do"),
            intro=gettext("Nothing changes before you have seen everything and say go."),
            cancel_url="/finance",
        )
        context = {"page": page, "kept": kept, "said": said, "result": found and _shown(found)}
        status = 422 if form.errors or said else 200
        return render(request, "finance/import.html", context, status=status)

    def routes(self) -> list[URLPattern]:
        """Its one address."""
        return [self.route("", self.respond)]


def _keep(actor: Actor, files: Sequence[LedgerFile], asked: dict[str, str]) -> str:
    """Keep what was looked at until somebody says go; only the same person can."""
    paths = []
    for file in files:
        path = place_for(file.name)
        path.write_bytes(file.content)
        paths.append((str(path.relative_to(folder())), file.name))
    return signing.dumps([actor.company_id, actor.user_id, paths, asked], salt=SALT, compress=True)


def _kept(actor: Actor, text: str) -> tuple[list[LedgerFile], dict[str, str]]:
    company, user, paths, asked = signing.loads(text, salt=SALT, max_age=HOURS * 3600)
    if (company, user) != (actor.company_id, actor.user_id):
        raise signing.BadSignature("another's")
    files = [LedgerFile(name, (Path(folder()) / path).read_bytes()) for path, name in paths]
    return files, asked


def _shown(found: LedgerImport) -> dict[str, object]:
    """What the page says of an import, ready to read."""
    digits = exponent(found.currency)
    accounts = [
        {
            "source": each.source if each.source_name in ("", each.source)
            else f"{each.source} {each.source_name}",
            "code": each.code,
            "name": each.name,
            "url": account_url(each.code) if found.done or each.how != "made" else "",
            "how": "" if found.done else force_str(HOW[each.how]),
            "in_file": amount(each.source_balance, digits),
            "here": amount(each.balance, digits),
            "differs": each.source_balance != each.balance,
        }
        for each in found.accounts
    ]  # fmt: skip
    made = [each for each in found.parties if each.how == "made"]
    return {
        "found": found,
        "accounts": accounts,
        "refused": found.refused[:SHOWN],
        "more_refused": max(len(found.refused) - SHOWN, 0),
        "notes": found.notes[:SHOWN],
        "parties": made[:SHOWN],
        "count_parties": len(made),
        "debit": amount(found.debit, digits),
    }


IMPORT = ImportView(
    key="finance.import_ledger",
    title=_("Import an administration"),
    permission=PERMISSION,
)
