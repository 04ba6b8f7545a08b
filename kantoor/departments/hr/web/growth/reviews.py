"""Reviews as pages: rounds, registers, one review, and the form in which a part is written."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import URLPattern
from django.utils.encoding import force_str
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kantoor.departments.hr.actions.growth.reviewing import (
    LONGEST,
    write_managers_review,
    write_own_review,
)
from kantoor.departments.hr.drafts_growth import ReviewAnswerDraft
from kantoor.departments.hr.queries.growth.reviews import (
    ReviewShown,
    my_reviews,
    review,
    review_rounds,
    review_titles,
    reviews,
)
from kantoor.departments.hr.web.growth import words
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import DomainError
from kantoor.kernel.pages.acts import act_for
from kantoor.kernel.pages.columns import Col
from kantoor.kernel.pages.list_view import Empty, ListView
from kantoor.kernel.pages.narrowing import Narrow
from kantoor.kernel.pages.record_view import RecordView, Thing
from kantoor.kernel.pages.references import page_of
from kantoor.kernel.pages.view import View, actor_of
from kantoor.kernel.ui.cells import Link, Status
from kantoor.kernel.ui.form_page import FormPage
from kantoor.kernel.ui.formats import day
from kantoor.kernel.ui.listing import Act, Column, Row
from kantoor.kernel.ui.record_page import Document, Fact
from kantoor.kernel.ui.toasts import Toast, say

STATES = {code: word for code, (word, _tone) in words.REVIEW_STATES.items()}

ROUNDS = ListView(
    key="hr.review_rounds",
    title=_("Review rounds"),
    query=review_rounds,
    columns=[
        Col(key="title", title=_("Round"), phone="title"),
        Col(key="starts_on", title=_("From"), kind="date"),
        Col(key="ends_on", title=_("Until"), kind="date"),
        Col(key="due_on", title=_("Done by"), kind="date", phone="meta"),
        Col(key="reviews", title=_("Reviews"), kind="number"),
        Col(key="signed", title=_("Signed"), kind="number", phone="figure"),
        Col(
            key="closed",
            title=_("State"),
            kind="status",
            states={False: (_("Goes on"), "info"), True: (_("Closed"), "quiet")},
        ),
    ],
    row_key="code",
    row_url=lambda row: f"/hr/reviews?round={row.code}",
    muted=lambda row: row.closed,
    new="hr.begin_review_round",
    empty=Empty(
        _("No review rounds"),
        _("Begin one: people then write their part, and their managers theirs."),
        icon="message-circle",
    ),
)

_COLUMNS = (
    Col(key="person", title=_("Employee"), sort=True, phone="title"),
    Col(key="round_title", title=_("Round"), phone="meta"),
    Col(key="due_on", title=_("Done by"), kind="date", sort=True, phone="figure"),
    Col(key="state", title=_("State"), kind="status", states=words.REVIEW_STATES),
)

REVIEWS = ListView(
    key="hr.reviews",
    title=_("Reviews"),
    query=reviews,
    columns=_COLUMNS,
    narrows=[
        Narrow(key="state", title=_("State"), choices=STATES),
        Narrow(key="round", title=_("Round"), kind="text"),
    ],
    sort="person",
    row_url=lambda row: words.review_url(row.id),
    main=lambda actor: act_for(actor, "hr.begin_review_round", icon="plus", key="n"),
    more=lambda actor: [
        act_for(actor, "hr.close_review_round", label=_("Close a round"), icon="check")
    ],
    search_hint=_("Name of the employee"),
    empty=Empty(_("No reviews"), _("They come with a review round."), icon="message-circle"),
)

MY_REVIEWS = ListView(
    key="hr.my_reviews",
    title=_("Reviews of me and my people"),
    query=my_reviews,
    columns=[
        *_COLUMNS,
        Col(
            key="waits_for_me",
            title=_("Next"),
            value=lambda row: _("Your turn") if row.waits_for_me else "",
            phone="meta",
        ),
    ],
    sort="-due_on",
    row_url=lambda row: words.review_url(row.id),
    muted=lambda row: row.state == "signed",
    empty=Empty(
        _("No reviews yet"), _("HR begins a round, and you hear of it here."), icon="message-circle"
    ),
)


def show(actor: Actor, shown: ReviewShown) -> Thing:
    """A review: what both wrote beside each question, and whose turn it is."""
    row = shown.review
    word, tone = words.REVIEW_STATES[row.state]
    return Thing(
        title=f"{row.person}, {row.round_title}",
        row=row.id,
        state=Status(row.state, force_str(word), tone),
        note=_turn(shown),
        facts=_facts(shown),
        document=_answers(shown),
        steps=_steps(actor, shown),
        breadcrumb=[Link(force_str(MY_REVIEWS.title), MY_REVIEWS.url)],
    )


def _turn(shown: ReviewShown) -> str:
    if shown.closed:
        return gettext("The round is closed; nothing is written or signed any more.")
    state = shown.review.state
    if state == "own":
        own = gettext("Write your part and hand it in; your manager sees it from then on.")
        return own if shown.mine else gettext("It waits for the employee's own part.")
    if state == "manager":
        own = gettext("Read what was handed in, and write yours.")
        return own if shown.manages else gettext("It waits for the manager's part.")
    return gettext("Talk it over, then both sign.") if state == "signing" else ""


def _facts(shown: ReviewShown) -> list[Fact]:
    row = shown.review
    found: list[tuple[str, Any]] = [
        (gettext("Period"), f"{day(shown.starts_on)} – {day(shown.ends_on)}"),
        (gettext("Done by"), row.due_on),
        (gettext("Manager when it began"), shown.manager),
        (gettext("Signed by the employee"), shown.signed_by_person_at),
        (gettext("Signed by the manager"), shown.signed_by_manager_at),
        (gettext("Summary"), shown.summary),
    ]
    return [Fact(label, value) for label, value in found if value]


def _answers(shown: ReviewShown) -> Document:
    return Document(
        columns=[
            Column("question", gettext("Question"), phone="title"),
            Column("own", gettext("Employee"), phone="meta"),
            Column("managers", gettext("Manager"), phone="meta"),
        ],
        lines=[
            Row(str(each.question), {"question": each.text, "own": each.own, "managers": each.managers})
            for each in shown.answers
        ],
    )  # fmt: skip


def _steps(actor: Actor, shown: ReviewShown) -> list[Act | None]:
    row = shown.review
    if shown.closed:
        return []
    if _writes(shown):
        label = gettext("Write my part") if shown.mine else gettext("Write the manager's part")
        return [Act(label, f"{words.review_url(row.id)}/write", icon="pencil", key="w")]
    signed = shown.signed_by_person_at if shown.mine else shown.signed_by_manager_at
    if row.state != "signing" or signed:
        return []
    here = words.review_url(row.id)
    return [
        act_for(
            actor, "hr.sign_review", {"review": row.id}, label=_("Sign"), icon="check",
            key="s", at_once=True, back=here,
        )
    ]  # fmt: skip


def _writes(shown: ReviewShown) -> bool:
    """Whether it is one's own turn to write."""
    turn = {"own": shown.mine, "manager": shown.manages}.get(shown.review.state, False)
    return turn and not shown.closed


REVIEW = RecordView(
    key="hr.reviews",
    title=_("Review"),
    kind="hr.review",
    path="<int:key>",
    find=review,
    show=show,
    listed="hr.my_reviews",
)


class PartForm(forms.Form):
    """A part of a review: a text for each question, and at last for the whole."""

    def __init__(self, shown: ReviewShown, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **{"label_suffix": "", **options})
        self.managers = shown.review.state == "manager"
        for each in shown.answers:
            said = gettext("The employee wrote: %(text)s") % {"text": each.own}
            self.fields[f"q{each.question}"] = _text(
                each.text,
                each.managers if self.managers else each.own,
                said if self.managers and each.own else "",
            )
        if self.managers:
            hint = gettext("What you agree on, for the file.")
            self.fields["summary"] = _text(gettext("Summary"), shown.summary, hint)
        self.fields["done"] = forms.BooleanField(
            label=gettext("It is ready: hand it in"),
            help_text=gettext("Without it what you wrote is kept, and only you see it."),
            required=False,
        )

    def answers(self) -> list[ReviewAnswerDraft]:
        """What was written, by question."""
        return [
            ReviewAnswerDraft(question=int(name[1:]), text=text)
            for name, text in self.cleaned_data.items()
            if name[0] == "q"
        ]


def _text(label: str, initial: str, hint: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        initial=initial,
        help_text=hint,
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


@dataclass(frozen=True, kw_only=True)
class WriteReview(View):
    """The page on which a part of a review is written."""

    def respond(self, request: HttpRequest, key: int) -> HttpResponse:
        """The form; sent, one is back at the review."""
        actor = actor_of(request)
        shown = review(actor, key=key)
        here = words.review_url(key)
        if not _writes(shown):
            say(request, Toast(gettext("It is not your turn to write in this review."), "info"))
            return HttpResponseRedirect(here)
        form = PartForm(shown, request.POST if request.method == "POST" else None)
        if form.is_bound and form.is_valid() and _written(actor, key, form):
            say(request, Toast(gettext("What you wrote is kept.")))
            return HttpResponseRedirect(here)
        page = FormPage(
            title=f"{shown.review.person}, {shown.review.round_title}",
            form=form,
            submit=gettext("Keep"),
            cancel_url=here,
            breadcrumb=[Link(force_str(MY_REVIEWS.title), MY_REVIEWS.url)],
        )
        return render(request, "ui/form.html", {"page": page}, status=422 if form.errors else 200)

    def routes(self) -> list[URLPattern]:
        """One address for each review."""
        return [self.route("<int:key>/write", self.respond)]


def _written(actor: Actor, key: int, form: PartForm) -> bool:
    """Keep what was written; False when it was refused, which the form then says."""
    done = form.cleaned_data["done"]
    try:
        if form.managers:
            write_managers_review(
                actor, review=key, answers=form.answers(), summary=form.cleaned_data["summary"],
                done=done,
            )  # fmt: skip
        else:
            write_own_review(actor, review=key, answers=form.answers(), done=done)
    except DomainError as error:
        form.add_error(None, force_str(error.message))
        return False
    return True


WRITE = WriteReview(
    key="hr.reviews", title=_("Write a review"), permission="hr.use_own", in_menu=False
)


@page_of("hr.review", title=_("Review"))
def review_pages(actor: Actor, keys: Sequence[str]) -> Mapping[str, Link]:
    """The pages of reviews by the keys of their rows."""
    found = review_titles(actor, keys=[int(key) for key in keys if key.isdigit()])
    return {str(key): Link(title, words.review_url(key)) for key, title in found.items()}
