"""What communication adds to other public pages: where the press page is, and what is urgent."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from kantoor.departments.communication.queries.pages.press import open_press_page, public_urgent
from kantoor.departments.communication.web.pages.showing import in_short
from kantoor.departments.communication.web.pages.words import press_url
from kantoor.kernel.actors.models import Company
from kantoor.kernel.public_pages import PublicNotice, public_notices, public_page


@public_page("communication.press", title=_("News and press"))
def press_path(company: Company) -> str:
    """The path of the press page; nothing while it is closed."""
    return press_url(company.pk) if open_press_page(company.pk) else ""


@public_notices("communication.press")
def crisis_notices(company: Company, language: str) -> Sequence[PublicNotice]:
    """The crisis notices on the press page, while that is open."""
    if not open_press_page(company.pk):
        return []
    return [
        PublicNotice(
            each.row.title, in_short(each.text), press_url(company.pk, each.row.code), each.row.at,
            each.row.language,
        )
        for each in public_urgent(company, language)
    ]  # fmt: skip
