"""Cases as lists: all of them, and what one asked oneself."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext_lazy as _

from kantoor.departments.ict.queries.cases.arranged import (
    case_numbers,
    queue_names,
    service_names,
)
from kantoor.departments.ict.queries.cases.register import cases, my_questions
from kantoor.departments.ict.web.cases import words
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.pages.bulk import Bulk
from kantoor.kernel.pages.columns import Col
from kantoor.kernel.pages.list_view import Empty, ListView, Tab
from kantoor.kernel.pages.narrowing import Narrow
from kantoor.kernel.pages.references import page_of
from kantoor.kernel.pages.search import Found, searcher
from kantoor.kernel.ui.cells import Link

COLUMNS = [
    Col(key="number", title=_("Number"), sort=True, phone="meta"),
    Col(
        key="title",
        title=_("What is the matter"),
        kind="link",
        url=lambda row: words.case_url(row.number),
        phone="title",
    ),
    Col(
        key="state",
        title=_("State"),
        kind="status",
        value=lambda row: words.status(row.state, row.waiting_for),
    ),
    Col(key="requester_name", title=_("Requester"), phone="meta"),
    Col(key="kind", title=_("Kind"), value=lambda row: words.KINDS[row.kind], default=False),
    Col(
        key="priority",
        title=_("Priority"),
        value=lambda row: words.PRIORITIES[row.priority],
        sort=True,
    ),
    Col(key="queue", title=_("Queue")),
    Col(key="assignee", title=_("Who has it")),
    Col(key="service", title=_("Service"), default=False),
    Col(
        key="channel",
        title=_("Channel"),
        value=lambda row: words.CHANNELS[row.channel],
        default=False,
    ),
    Col(key="opened_at", title=_("Opened"), kind="datetime"),
    Col(key="due_at", title=_("Due"), kind="datetime", phone="figure"),
]

CASES = ListView(
    key="ict.cases",
    title=_("Cases"),
    query=cases,
    columns=COLUMNS,
    narrows=[
        Narrow(
            key="state",
            title=_("State"),
            choices={
                "open": _("Not solved yet"),
                **{state: word for state, (word, _tone) in words.STATES.items()},
            },
        ),
        Narrow(key="whose", title=_("Who has it"), choices={"mine": _("I"), "nobody": _("Nobody")}),
        Narrow(key="queue", title=_("Queue"), choices=queue_names),
        Narrow(key="kind", title=_("Kind"), choices=words.KINDS),
        Narrow(
            key="priority",
            title=_("Priority"),
            choices={str(each): word for each, word in words.PRIORITIES.items()},
        ),
        Narrow(key="service", title=_("Service"), choices=service_names),
        Narrow(key="date", title=_("Opened"), kind="date_range", to=("since", "until")),
    ],
    tabs=[
        Tab(_("Not solved yet"), {"state": "open"}),
        Tab(_("Mine"), {"state": "open", "whose": "mine"}),
        Tab(_("Nobody's"), {"state": "open", "whose": "nobody"}),
        Tab(_("All")),
    ],
    sort="-number",
    row_key="number",
    row_url=lambda row: words.case_url(row.number),
    bulk=[
        Bulk(action="ict.take_cases", parameter="numbers", icon="user-check"),
        Bulk(action="ict.assign_cases", parameter="numbers", icon="users"),
        Bulk(action="ict.share_out_cases", parameter="numbers", icon="scale"),
        Bulk(action="ict.answer_cases", parameter="numbers", icon="message"),
        Bulk(action="ict.resolve_cases", parameter="numbers", icon="check"),
        Bulk(action="ict.close_cases", parameter="numbers", icon="lock"),
    ],
    new="ict.open_case",
    search_hint=_("Number, words of the title, or who asked"),
    empty=Empty(
        _("No cases yet"),
        _("They come by telephone, by e-mail and from the page for employees."),
        icon="headset",
    ),
)

MY_QUESTIONS = ListView(
    key="ict.my_questions",
    title=_("My questions"),
    query=my_questions,
    columns=[
        Col(key="number", title=_("Number"), phone="meta"),
        Col(
            key="title",
            title=_("What is the matter"),
            kind="link",
            url=lambda row: words.question_url(row.number),
            phone="title",
        ),
        Col(key="opened_at", title=_("Asked"), kind="datetime", phone="meta"),
        Col(
            key="state",
            title=_("State"),
            kind="status",
            value=lambda row: words.status(row.state, row.waiting_for),
        ),
    ],
    row_url=lambda row: words.question_url(row.number),
    new="ict.ask_question",
    empty=Empty(
        _("You have not asked anything yet"),
        _("Say what does not work or what you need; here you see how it goes."),
        icon="headset",
    ),
)


@page_of("ict.case", title=_("Case"))
def case_pages(actor: Actor, keys: Sequence[str]) -> Mapping[str, Link]:
    """The pages of cases by their keys."""
    found = case_numbers(actor, keys=[int(key) for key in keys if key.isdigit()])
    return {str(key): Link(number, words.case_url(number)) for key, number in found.items()}


@searcher("ict.case", title=_("Cases"), permission="ict.read_cases", icon="headset")
def find_cases(actor: Actor, asked: str, most: int) -> list[Found]:
    """Cases by their number, words of their title, or who asked."""
    page = cases(actor, search=asked.strip(), limit=most)
    return [Found(row.number, words.case_url(row.number), row.title) for row in page.rows]
