"""The page that takes a picture: the file is judged and drawn before anything is kept."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import URLPattern
from django.utils.encoding import force_str
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kantoor.departments.communication.actions.media.keeping import add_picture
from kantoor.departments.communication.department import MANAGE_MEDIA
from kantoor.departments.communication.drafts_media import PictureDraft
from kantoor.departments.communication.formats.sizes import LARGEST
from kantoor.departments.communication.web.media.library import PICTURES
from kantoor.departments.communication.web.media.words import CONSENTS, picture_url
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import DomainError, Refusals
from kantoor.kernel.pages.view import View, actor_of
from kantoor.kernel.pages.visiting import takes_at_most
from kantoor.kernel.ui.cells import Link
from kantoor.kernel.ui.fields import DayField
from kantoor.kernel.ui.form_page import FormPage, Section
from kantoor.kernel.ui.toasts import Toast, say

LARGEST_REQUEST = LARGEST + 2**20
"""Bytes of all that is sent: the file, and a megabyte for the words."""


class PictureForm(forms.Form):
    """A picture, what can be seen on it, and its rights."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("JPEG, PNG or WebP of at most 25 MB; place and camera are taken out."),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
    )
    title = forms.CharField(label=_("What it is"), help_text=_("A few words."), max_length=120)
    alt_nl = forms.CharField(
        label=_("What can be seen, in Dutch"),
        help_text=_("For who can't see it."),
        max_length=300,
    )
    alt_en = forms.CharField(label=_("What can be seen, in English"), max_length=300)
    owner = forms.CharField(
        label=_("Who has the rights"), help_text=_("Stands with the picture."), max_length=120
    )
    licence = forms.CharField(
        label=_("What was agreed"),
        help_text=_("Such as: our own, CC BY 4.0, or the number of the contract."),
        max_length=200,
    )
    source = forms.CharField(label=_("Where it came from"), max_length=300, required=False)
    expires_on = DayField(
        label=_("Until"),
        help_text=_("The last day on which it may be published anew; empty is always."),
        required=False,
    )
    consent = forms.ChoiceField(label=_("People on it"), choices=list(CONSENTS.items()))
    people = forms.CharField(label=_("Who is shown"), max_length=300, required=False)
    proof = forms.CharField(
        label=_("Where they agreed"),
        help_text=_("Such as the form of 3 March in the file."),
        max_length=300,
        required=False,
    )

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **{"label_suffix": "", **options})

    def draft(self) -> PictureDraft:
        """What was typed."""
        given = self.cleaned_data
        return PictureDraft(**{name: value for name, value in given.items() if name != "file"})


@dataclass(frozen=True, kw_only=True)
class AddPicture(View):
    """The form; sent, one is at the picture."""

    @takes_at_most(LARGEST_REQUEST)
    def respond(self, request: HttpRequest) -> HttpResponse:
        """The form, or the way to the picture that was added."""
        actor = actor_of(request)
        sent = request.method == "POST"
        form = PictureForm(
            request.POST if sent else None,
            request.FILES if sent else None,
            initial={"owner": gettext("ourselves"), "licence": gettext("Our own")},
        )
        if sent and form.is_valid() and (code := _added(actor, form)):
            say(request, Toast(gettext("The picture is in the library.")))
            return HttpResponseRedirect(picture_url(code))
        page = FormPage(
            title=force_str(self.title),
            form=form,
            submit=gettext("Add it"),
            sections=[
                Section("", ["file", "title", "alt_nl", "alt_en"]),
                Section(_("Rights"), ["owner", "licence", "source", "expires_on"]),
                Section(_("People"), ["consent", "people", "proof"]),
            ],
            cancel_url=PICTURES.url,
            breadcrumb=[Link(force_str(PICTURES.title), PICTURES.url)],
        )
        return render(request, "ui/form.html", {"page": page}, status=422 if form.errors else 200)

    def routes(self) -> list[URLPattern]:
        """Its one address."""
        return [self.route("add", self.respond)]


def _added(actor: Actor, form: PictureForm) -> str:
    """The code of the picture; empty when it was refused, which the form then says."""
    from kantoor.departments.communication.formats.pictures import drawn  # with all of Pillow

    try:
        # Before the act: to unpack a picture takes seconds, in which nobody else could write.
        sizes = drawn(form.cleaned_data["file"].read(LARGEST + 1))
        return add_picture(actor, picture=form.draft(), sizes=sizes)
    except DomainError as refusal:
        for each in refusal.errors if isinstance(refusal, Refusals) else (refusal,):
            field = each.place.field if each.place.field in form.fields else None
            form.add_error(field, force_str(each.message))
        return ""


ADD_PICTURE = AddPicture(
    key="communication.pictures",
    title=_("Add a picture"),
    permission=MANAGE_MEDIA,
    in_menu=False,
)
