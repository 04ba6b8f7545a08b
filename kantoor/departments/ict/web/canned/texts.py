"""Canned answers and templates: as lists, as forms, and where they are used."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from kantoor.departments.ict.queries.canned.texts import (
    TemplateRow,
    canned_answers,
    case_templates,
)
from kantoor.departments.ict.web.cases import words
from kantoor.departments.ict.web.cases.plans import LEVELS, queues, services
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.pages.acts import url_of_action
from kantoor.kernel.pages.bulk import Bulk
from kantoor.kernel.pages.columns import Col
from kantoor.kernel.pages.list_view import Empty, ListView
from kantoor.kernel.pages.plans import Plan, plan
from kantoor.kernel.pages.words import name_field


def answer_names(actor: Actor) -> dict[str, Any]:
    """The canned answers to choose from."""
    return {row.code: row.name for row in canned_answers(actor)}


def begin_url(row: TemplateRow) -> str:
    """The form of a new case with a template filled in."""
    given = {
        "title": row.title, "text": row.text, "kind": row.kind, "service": row.service,
        "queue": row.queue, "impact": row.impact, "urgency": row.urgency,
    }  # fmt: skip
    return url_of_action("ict.open_case", {f"case.{name}": value for name, value in given.items()})


ANSWERS = ListView(
    key="ict.canned_answers",
    title=_("Canned answers"),
    query=canned_answers,
    columns=[
        Col(key="code", title=_("Code"), phone="meta"),
        Col(key="name", title=_("Name"), phone="title"),
        Col(key="text_nl", title=_("In Dutch"), value=lambda row: row.text_nl[:120], phone="hidden"),
        Col(key="text_en", title=_("In English"), value=lambda row: row.text_en[:120], phone="hidden"),
    ],
    row_key="code",
    edit_url=lambda row: url_of_action(
        "ict.keep_canned_answer",
        {
            "answer.code": row.code, "answer.name": row.name, "answer.text_nl": row.text_nl,
            "answer.text_en": row.text_en, "next": "/ict/canned-answers",
        },
    ),
    bulk=[Bulk(action="ict.put_away_answers", parameter="codes", icon="archive")],
    new="ict.keep_canned_answer",
    empty=Empty(
        _("No canned answers yet"),
        _("Write down what you answer often; on the page of a case it is two keys away."),
        icon="message",
    ),
)  # fmt: skip
TEMPLATES = ListView(
    key="ict.case_templates",
    title=_("Templates for cases"),
    query=case_templates,
    columns=[
        Col(key="code", title=_("Code"), phone="meta"),
        Col(key="name", title=_("Name"), kind="link", url=begin_url, phone="title"),
        Col(key="title", title=_("What is the matter")),
        Col(key="kind", title=_("Kind"), value=lambda row: words.KINDS[row.kind]),
        Col(key="queue_name", title=_("Queue")),
        Col(key="service_name", title=_("Service")),
    ],
    row_key="code",
    row_url=begin_url,
    bulk=[Bulk(action="ict.put_away_templates", parameter="codes", icon="archive")],
    new="ict.keep_case_template",
    empty=Empty(
        _("No templates yet"),
        _("A template fills in a new case of a usual sort: title, queue, service, how urgent."),
        icon="file-text",
    ),
)
VIEWS = (ANSWERS, TEMPLATES)

plan(
    "ict.keep_canned_answer",
    Plan(
        kinds={"answer.text_nl": "lines_of_text", "answer.text_en": "lines_of_text"},
        goes_to=lambda _actor, _code: ANSWERS.url,
    ),
)
plan(
    "ict.keep_case_template",
    Plan(
        choices={
            "template.kind": words.KINDS,
            "template.service": services,
            "template.queue": queues,
            "template.impact": LEVELS,
            "template.urgency": LEVELS,
        },
        kinds={"template.text_nl": "lines_of_text", "template.text_en": "lines_of_text"},
        goes_to=lambda _actor, _code: TEMPLATES.url,
    ),
)
plan("ict.answer_case", Plan(choices={"answer": answer_names}, in_palette=False))
plan("ict.answer_cases", Plan(choices={"answer": answer_names}))
_FILLED = _("Filled in when used: {requester}, {first_name}, {number}, {title}, {service}, {me}.")
name_field("text_nl", _("Text in Dutch"), _FILLED)
name_field("text_en", _("Text in English"), _FILLED)
name_field("title_nl", _("Title in Dutch"))
name_field("title_en", _("Title in English"))
name_field("answer", _("Canned answer"))
