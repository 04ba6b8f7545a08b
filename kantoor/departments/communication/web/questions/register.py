"""Questions and mentions as a list."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext_lazy as _

from kantoor.departments.communication.department import HANDLE_QUESTIONS
from kantoor.departments.communication.queries.questions.register import (
    question_numbers,
    questions,
)
from kantoor.departments.communication.web.questions import words
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.pages.bulk import Bulk
from kantoor.kernel.pages.columns import Col
from kantoor.kernel.pages.list_view import Empty, ListView, Tab
from kantoor.kernel.pages.narrowing import Narrow
from kantoor.kernel.pages.references import page_of
from kantoor.kernel.pages.search import Found, searcher
from kantoor.kernel.ui.cells import Link, Status


def _state(row: object) -> Status:
    """Late goes before what state it is in."""
    if row.late:  # type: ignore[attr-defined]
        return Status("late", str(_("Late")), "bad")
    return words.status(row.state)  # type: ignore[attr-defined]


QUESTIONS = ListView(
    key="communication.questions",
    title=_("Questions and mentions"),
    query=questions,
    columns=[
        Col(key="number", title=_("Number"), sort=True, phone="meta"),
        Col(
            key="title",
            title=_("What it is about"),
            kind="link",
            url=lambda row: words.question_url(row.number),
            phone="title",
        ),
        Col(key="state", title=_("State"), kind="status", value=_state),
        Col(key="kind", title=_("Kind"), value=lambda row: words.KINDS[row.kind]),
        Col(key="asker", title=_("Who asked"), phone="meta"),
        Col(key="medium", title=_("Medium")),
        Col(
            key="channel",
            title=_("Channel"),
            value=lambda row: words.CHANNELS[row.channel],
            default=False,
        ),
        Col(key="tone", title=_("Tone"), value=lambda row: words.TONES[row.tone], default=False),
        Col(key="owner", title=_("Who has it")),
        Col(key="came_at", title=_("Came in"), kind="datetime", sort=True, default=False),
        Col(key="due_at", title=_("Due"), kind="datetime", sort=True, phone="figure"),
    ],
    narrows=[
        Narrow(
            key="state",
            title=_("State"),
            choices={
                "open": _("Not answered yet"),
                **{state: word for state, (word, _tone) in words.STATES.items()},
            },
        ),
        Narrow(key="kind", title=_("Kind"), choices=words.KINDS),
        Narrow(key="whose", title=_("Who has it"), choices={"mine": _("I"), "nobody": _("Nobody")}),
    ],
    tabs=[
        Tab(_("Not answered yet"), {"state": "open"}),
        Tab(_("Mine"), {"state": "open", "whose": "mine"}),
        Tab(_("Nobody's"), {"state": "open", "whose": "nobody"}),
        Tab(_("Late"), {"late": "1"}),
        Tab(_("All")),
    ],
    sort="-number",
    row_key="number",
    row_url=lambda row: words.question_url(row.number),
    bulk=[
        Bulk(action="communication.take_questions", parameter="numbers", icon="user-check"),
        Bulk(action="communication.assign_questions", parameter="numbers", icon="users"),
        Bulk(action="communication.close_questions", parameter="numbers", icon="lock"),
    ],
    new="communication.note_question",
    search_hint=_("Number, words of what it is about, or who asked"),
    empty=Empty(
        _("No questions here"),
        _("They come in by mail; note what is asked by telephone or stands in the media."),
        icon="message",
    ),
)


@searcher(
    "communication.question",
    title=_("Questions and mentions"),
    permission=HANDLE_QUESTIONS,
    icon="message",
)
def find_questions(actor: Actor, asked: str, most: int) -> list[Found]:
    """Questions and mentions by number, words of their title, or who asked."""
    page = questions(actor, search=asked.strip(), limit=most)
    return [Found(row.number, words.question_url(row.number), row.title) for row in page.rows]


@page_of("communication.question", title=_("Question"))
def question_pages(actor: Actor, keys: Sequence[str]) -> Mapping[str, Link]:
    """The pages of questions by the keys of their rows."""
    found = question_numbers(actor, keys=[int(key) for key in keys if key.isdigit()])
    return {str(key): Link(number, words.question_url(number)) for key, number in found.items()}
