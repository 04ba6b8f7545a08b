"""The service desk's part of the menu."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from kantoor.departments.ict.web.articles.articles import ARTICLE, ARTICLES
from kantoor.departments.ict.web.canned import texts as canned
from kantoor.departments.ict.web.cases import cards, plans
from kantoor.departments.ict.web.cases.arranged import (
    CALENDAR,
    CALENDARS,
    DEADLINES,
    LEVEL,
    LEVELS,
    QUEUES,
    SERVICES,
    WHAT_IF,
)
from kantoor.departments.ict.web.cases.case import CASE, QUESTION
from kantoor.departments.ict.web.cases.charged import CASE_CHARGES
from kantoor.departments.ict.web.cases.escalated import ESCALATED
from kantoor.departments.ict.web.cases.files import CASE_FILE, QUESTION_FILE
from kantoor.departments.ict.web.cases.register import CASES, MY_QUESTIONS
from kantoor.departments.ict.web.cases.telephone import TELEPHONE
from kantoor.departments.ict.web.cases.worked import WORK_COSTS, WORK_RATES
from kantoor.departments.ict.web.catalogue import menu as catalogue
from kantoor.departments.ict.web.satisfaction.pages import BY_MONTH, OPINIONS
from kantoor.kernel.pages.desk import Section
from kantoor.kernel.pages.view import View

SECTION = Section(
    _("Service desk"),
    [
        TELEPHONE,
        CASES,
        DEADLINES,
        *catalogue.ASKING,
        MY_QUESTIONS,
        QUEUES,
        SERVICES,
        *catalogue.ARRANGED,
        OPINIONS,
        BY_MONTH,
        WORK_COSTS,
        CASE_CHARGES,
        WORK_RATES,
        *canned.VIEWS,
        ARTICLES,
        LEVELS,
        CALENDARS,
    ],
)
WITHIN: Sequence[View] = (
    CASE,
    QUESTION,
    CASE_FILE,
    QUESTION_FILE,
    LEVEL,
    CALENDAR,
    WHAT_IF,
    ESCALATED,
    ARTICLE,
    *catalogue.WITHIN,
)

__all__ = ["SECTION", "WITHIN", "cards", "plans"]
