"""The press page: what a company tells the world, for everybody who opens it."""

from collections.abc import Sequence

import msgspec
from django.utils.translation import gettext_lazy as _

from kantoor.departments.communication.department import READ_ITEMS
from kantoor.departments.communication.models import PressPage
from kantoor.departments.communication.models.items.item import CRISIS
from kantoor.departments.communication.queries.items.visible import public_items, public_withdrawn
from kantoor.departments.communication.queries.pages.news import page_of_item
from kantoor.departments.communication.queries.pages.telling import (
    ItemTold,
    NewsRow,
    PageOfItem,
    rows_told,
    told,
)
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.actors.models import Company
from kantoor.kernel.queries import query, scoped

MOST = 200
"""Items that the press page lists, the latest."""
IN_FEED, MOST_URGENT = 30, 5


class PressPageShown(msgspec.Struct, frozen=True):
    """How the press page is set; `open` is False where there is none."""

    open: bool
    contact: str
    about: str


@query(permission=READ_ITEMS, title=_("The press page"), exposed=True)
def press_page(actor: Actor, /) -> PressPageShown:
    """Whether the company has a press page, and what it says of itself there."""
    row = scoped(actor, PressPage).first()
    return (
        PressPageShown(row.open, row.contact, row.about) if row else PressPageShown(False, "", "")
    )


def open_press_page(company: int) -> PressPage | None:
    """The press page of a company with its name, if it is open."""
    if company >= 2**31:
        return None
    found = PressPage.objects.filter(company=company, open=True)
    return found.select_related("company").first()


def public_rows(company: Company, language: str) -> list[NewsRow]:
    """What the world may read, the latest first."""
    found = public_items(company.pk).order_by("-published_at", "-pk")[:MOST]
    return rows_told(list(found), language)


def public_news(company: Company, language: str) -> Sequence[ItemTold]:
    """The latest of it to read, for feeds."""
    found = public_items(company.pk).order_by("-published_at", "-pk")[:IN_FEED]
    return told(list(found), language)


def public_urgent(company: Company, language: str) -> Sequence[ItemTold]:
    """The crisis notices that the world may read, the latest first."""
    found = public_items(company.pk).filter(kind=CRISIS).order_by("-published_at", "-pk")
    return told(list(found[:MOST_URGENT]), language)


def public_item(company: Company, code: str, language: str) -> PageOfItem:
    """What stands for the world under a code, or that it was withdrawn. Raises UnknownItem."""
    here = public_items(company.pk).filter(code=code)
    gone = public_withdrawn(company.pk).filter(code=code)
    return page_of_item(here, gone, language)
