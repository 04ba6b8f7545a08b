"""How soon questions are answered, and who hears of those that are late."""

from django.utils.translation import gettext_lazy as _

from kantoor.departments.communication.actions.questions.finding import handlers_by_name
from kantoor.departments.communication.department import MANAGE_CHANNELS
from kantoor.departments.communication.drafts_questions import TermsDraft
from kantoor.departments.communication.models import QuestionTerms
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actions.unit import concerns
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.calendars.models import Calendar
from kantoor.kernel.errors import InvalidInput, NotFound
from kantoor.kernel.mail.reading.addresses import canonical
from kantoor.kernel.queries import scoped

MOST_MINUTES = 60 * 24 * 30
MOST_MONITORS = 200


@action(permission=MANAGE_CHANNELS, title=_("Set how soon questions are answered"))
def set_question_terms(actor: Actor, /, *, terms: TermsDraft) -> None:
    """Set within how much working time questions that come in from now on are answered.

    Those that are there keep their time. Raises NotFound, InvalidInput.
    """
    for name in ("press_minutes", "question_minutes", "mention_minutes"):
        if not 0 < getattr(terms, name) <= MOST_MINUTES:
            raise InvalidInput(_("Give a number of minutes."), field=name)
    calendar = scoped(actor, Calendar).filter(code=terms.calendar).first()
    if terms.calendar and calendar is None:
        message = _("There is no calendar “{code}”.").format(code=terms.calendar[:40])
        raise NotFound(message, field="calendar")
    monitors = sorted({canonical(each) for each in terms.monitors.split()})
    if len(monitors) > MOST_MONITORS or any("." not in a.rpartition("@")[2] for a in monitors):
        addresses = _("Give e-mail addresses, one a line, at most {most}.")
        raise InvalidInput(addresses.format(most=MOST_MONITORS), field="monitors")
    row = QuestionTerms.objects.filter(company=actor.company_id).first()
    row = row or QuestionTerms(company_id=actor.company_id)
    row.calendar = calendar
    row.press_minutes, row.question_minutes = terms.press_minutes, terms.question_minutes
    row.mention_minutes = terms.mention_minutes
    row.officer_id = handlers_by_name(actor, [terms.officer]).get(terms.officer)
    row.monitors = "\n".join(monitors)
    row.save()
    concerns(f"communication.question_terms/{row.pk}")
