"""Keep canned answers and templates: add, change, and put away."""

from collections.abc import Sequence

from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from kantoor.departments.ict.actions.cases.checking import check_levels
from kantoor.departments.ict.actions.cases.desk import MANAGE
from kantoor.departments.ict.actions.cases.finding import queues_by_code, services_by_code
from kantoor.departments.ict.drafts_canned import AnswerDraft, TemplateDraft
from kantoor.departments.ict.errors import UnknownText
from kantoor.departments.ict.models import CannedAnswer, CaseTemplate
from kantoor.departments.ict.queries.canned.places import PLACES, unknown_places
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actions.unit import concerns
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import InvalidInput
from kantoor.kernel.queries import scoped

LONGEST_TEXT, LONGEST_TITLE = 20_000, 150


@action(permission=MANAGE, title=_("Keep a canned answer"))
def keep_canned_answer(actor: Actor, /, *, answer: AnswerDraft) -> str:
    """Keep a canned answer under its code, new or said anew; gives the code.

    Places such as {requester} are filled in when it is used. Raises InvalidInput.
    """
    _check(answer.code, answer.name)
    _check_texts({"text_nl": answer.text_nl, "text_en": answer.text_en})
    row = scoped(actor, CannedAnswer).filter(code=answer.code).first()
    row = row or CannedAnswer(company_id=actor.company_id, code=answer.code)
    row.name, row.active = answer.name.strip(), True
    row.text_nl, row.text_en = answer.text_nl.strip(), answer.text_en.strip()
    row.save()
    concerns(f"ict.canned_answer/{row.pk}")
    return row.code


@action(permission=MANAGE, title=_("Keep a template for cases"))
def keep_case_template(actor: Actor, /, *, template: TemplateDraft) -> str:
    """Keep a template for new cases under its code, new or said anew; gives the code.

    Raises UnknownService, UnknownQueue, InvalidInput.
    """
    _check(template.code, template.name)
    check_levels(template.impact, template.urgency)
    _check_texts({"title_nl": template.title_nl, "title_en": template.title_en}, LONGEST_TITLE)
    _check_texts({"text_nl": template.text_nl, "text_en": template.text_en}, needed=False)
    row = scoped(actor, CaseTemplate).filter(code=template.code).first()
    row = row or CaseTemplate(company_id=actor.company_id, code=template.code)
    row.name, row.active, row.kind = template.name.strip(), True, template.kind
    row.title_nl, row.title_en = template.title_nl.strip(), template.title_en.strip()
    row.text_nl, row.text_en = template.text_nl.strip(), template.text_en.strip()
    row.service_id = services_by_code(actor, [template.service]).get(template.service)
    row.queue_id = queues_by_code(actor, [template.queue]).get(template.queue)
    row.impact, row.urgency = template.impact, template.urgency
    row.save()
    concerns(f"ict.case_template/{row.pk}")
    return row.code


@action(permission=MANAGE, title=_("Put canned answers away"))
def put_away_answers(actor: Actor, /, *, codes: Sequence[str]) -> None:
    """No longer offer these canned answers. Raises UnknownText."""
    _put_away(actor, CannedAnswer, codes)


@action(permission=MANAGE, title=_("Put templates away"))
def put_away_templates(actor: Actor, /, *, codes: Sequence[str]) -> None:
    """No longer offer these templates. Raises UnknownText."""
    _put_away(actor, CaseTemplate, codes)


def _put_away(
    actor: Actor, model: type[CannedAnswer] | type[CaseTemplate], codes: Sequence[str]
) -> None:
    rows = scoped(actor, model).filter(code__in=set(codes))
    found = set(rows.values_list("code", flat=True))
    for place, code in enumerate(codes, 1):
        if code not in found:
            message = _("There is no text “{code}”.").format(code=code[:40])
            raise UnknownText(message, field="codes", line=place)
    rows.update(active=False)


def _check(code: str, name: str) -> None:
    if not code or code != slugify(code) or len(code) > 40:
        message = _("Give a code of small letters, digits and hyphens.")
        raise InvalidInput(message, field="code")
    if not name.strip():
        raise InvalidInput(_("Give a name."), field="name")


def _check_texts(
    texts: dict[str, str], longest: int = LONGEST_TEXT, *, needed: bool = True
) -> None:
    if needed and not any(text.strip() for text in texts.values()):
        message = _("Write it in at least one of the languages.")
        raise InvalidInput(message, field=next(iter(texts)))
    for name, text in texts.items():
        if len(text) > longest:
            said = _("This is longer than {most} characters.").format(most=longest)
            raise InvalidInput(said, field=name)
        if unknown := unknown_places(text):
            offered = ", ".join(f"{{{place}}}" for place in PLACES)
            words = _("Nothing can be filled in at {place}; there are {offered}.")
            said = words.replace("{place}", f"{{{unknown[0]}}}").replace("{offered}", offered)
            raise InvalidInput(said, field=name)
