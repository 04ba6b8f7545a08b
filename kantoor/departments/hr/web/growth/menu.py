"""The part of the menu for recruitment and growth; what is one's own stands under Mine."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from kantoor.departments.hr.web.growth import cards, cards_own, plans, plans_reviews
from kantoor.departments.hr.web.growth.candidate import CANDIDATE, DOCUMENT
from kantoor.departments.hr.web.growth.lists import CANDIDATES, CERTIFICATES, VACANCIES
from kantoor.departments.hr.web.growth.objectives import OBJECTIVES
from kantoor.departments.hr.web.growth.reviews import REVIEW, REVIEWS, ROUNDS, WRITE
from kantoor.departments.hr.web.growth.training import COURSES, GAPS, TRAININGS
from kantoor.kernel.pages.desk import Section
from kantoor.kernel.pages.view import View

__all__ = ["SECTION", "WITHIN", "cards", "cards_own", "plans", "plans_reviews"]

SECTION = Section(
    _("Recruitment and growth"),
    [
        VACANCIES,
        CANDIDATES,
        ROUNDS,
        REVIEWS,
        OBJECTIVES,
        TRAININGS,
        GAPS,
        COURSES,
        CERTIFICATES,
    ],
)
WITHIN: Sequence[View] = (CANDIDATE, DOCUMENT, REVIEW, WRITE)
