"""Dashboards: who sees which, which cards, and how they are changed."""

import pytest
from django.test import Client

from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.actors.models import User
from kantoor.kernel.errors import Conflict, InvalidInput, NotAllowed, NotFound
from kantoor.management.actions.dashboards import (
    add_card,
    change_dashboard,
    end_dashboard,
    make_dashboard,
    move_card,
    remove_card,
    set_up_dashboards,
)
from kantoor.management.drafts import CardDraft, DashboardChange, DashboardDraft
from kantoor.management.errors import UnknownCard, UnknownDashboard
from kantoor.management.queries.dashboards import dashboard, dashboards
from kantoor.management.ready import READY
from kantoor.management.tests.steering import LEVEL, SALES, SECRET, Steered
from kantoor.management.web.cards import draw


def made(steered: Steered, *roles: str, cards: tuple[CardDraft, ...] = ()) -> str:
    """A dashboard of the test's own, shared with roles."""
    code = make_dashboard(
        steered.director,
        dashboard=DashboardDraft(code="own", title_nl="Eigen", title_en="Own", roles=roles),
    )
    for card in cards:
        add_card(steered.house.administrator, dashboard=code, card=card)
    return code


def drawn(actor: Actor, code: str) -> list[str]:
    """What the cards of a dashboard are about, for somebody."""
    found = []
    for each in draw(actor, dashboard(actor, code=code)):
        about = each.figure or each.chart or each.table or each.goals
        assert about is not None
        found.append(f"{each.kind} {getattr(about, 'label', '') or getattr(about, 'title', '')}")
    return found


def test_a_new_company_has_the_dashboards_of_the_standard_roles(steered: Steered) -> None:
    assert {row.code for row in dashboards(steered.director)} == {each.code for each in READY}
    assert set_up_dashboards(steered.house.administrator) == 0
    # The bookkeeper sees what is shared with bookkeepers, and nothing else.
    assert [row.code for row in dashboards(steered.bookkeeper)] == ["boekhouding"]
    with pytest.raises(UnknownDashboard):
        dashboard(steered.bookkeeper, code="directie")


def test_every_ready_card_is_a_figure_or_a_register_that_there_is(steered: Steered) -> None:
    admin = steered.house.administrator
    for each in READY:
        shown = dashboard(admin, code=each.code)
        assert len(shown.cards) == len(each.cards)
        assert len(draw(admin, shown)) == len(each.cards)


def test_a_card_that_somebody_may_not_see_is_not_shown_to_them(steered: Steered) -> None:
    code = made(
        steered,
        "bookkeeper",
        cards=(
            CardDraft(kind="figure", subject=LEVEL),
            CardDraft(kind="figure", subject=SECRET),
            CardDraft(kind="line", subject=SECRET),
            CardDraft(kind="table", subject="hr.candidates"),
            CardDraft(kind="objectives"),
        ),
    )
    assert len(drawn(steered.house.administrator, code)) == 5
    assert drawn(steered.bookkeeper, code) == ["figure Stock", "objectives Objectives"]
    with pytest.raises(NotAllowed):
        add_card(steered.director, dashboard=code, card=CardDraft(kind="bars", subject=SECRET))


def test_each_figure_is_asked_once_however_many_cards_show_it(steered: Steered) -> None:
    kinds = ("figure", "bars", "line")
    code = made(steered, cards=tuple(CardDraft(kind=kind, subject=SALES) for kind in kinds))  # type: ignore[arg-type]
    steered.says.asked.clear()
    draw(steered.director, dashboard(steered.director, code=code))
    assert [name for name, _spans in steered.says.asked] == [SALES]


def test_cards_are_moved_and_taken_off(steered: Steered) -> None:
    code = made(
        steered,
        cards=tuple(CardDraft(kind="figure", subject=each) for each in (LEVEL, SALES, SECRET)),
    )
    first, second, third = (card.id for card in dashboard(steered.director, code=code).cards)

    def order() -> list[int]:
        return [card.id for card in dashboard(steered.director, code=code).cards]

    move_card(steered.director, card=third, by=-2)
    assert order() == [third, first, second]
    move_card(steered.director, card=third, by=99)
    assert order() == [first, second, third]
    remove_card(steered.director, card=second)
    assert order() == [first, third]
    with pytest.raises(UnknownCard):
        move_card(steered.director, card=second, by=1)


def test_sharing_says_exactly_who_sees_it(steered: Steered) -> None:
    code = made(steered, "bookkeeper")
    assert "own" in [row.code for row in dashboards(steered.bookkeeper)]
    change_dashboard(steered.director, change=DashboardChange(code=code, roles=["controller"]))
    assert "own" not in [row.code for row in dashboards(steered.bookkeeper)]
    end_dashboard(steered.director, code=code)
    assert "own" not in [row.code for row in dashboards(steered.director)]


def test_what_makes_no_dashboard_or_card_is_refused(steered: Steered) -> None:
    code = made(steered)
    with pytest.raises(Conflict):
        made(steered)
    with pytest.raises(InvalidInput):
        make_dashboard(
            steered.director, dashboard=DashboardDraft(code="No!", title_nl="a", title_en="a")
        )
    with pytest.raises(NotFound):
        change_dashboard(steered.director, change=DashboardChange(code=code, roles=["nobody"]))
    with pytest.raises(NotFound):
        add_card(steered.director, dashboard=code, card=CardDraft(kind="bars", subject="no.such"))
    with pytest.raises(UnknownCard):
        add_card(steered.director, dashboard=code, card=CardDraft(kind="table", subject="no.such"))
    with pytest.raises(NotAllowed):
        add_card(steered.bookkeeper, dashboard=code, card=CardDraft(kind="objectives"))


def test_the_page_shows_each_figure_with_the_way_to_what_it_is_made_of(steered: Steered) -> None:
    steered.says.level = 1234
    made(steered, cards=(CardDraft(kind="figure", subject=LEVEL),))
    page = _client(steered, "dora").get("/management/dashboards/own").content.decode()
    assert "1,234" in page
    assert 'href="/stock?from=' in page
    assert "edit=1" in page
    assert _client(steered, "boris").get("/management/dashboards/own").status_code == 404


def _client(steered: Steered, who: str) -> Client:
    from kantoor.shell.signing_in import session

    client, person = Client(), User.objects.get(sign_in=who)
    store = client.session
    store[session.USER], store[session.SALT] = person.pk, person.session_salt
    store.save()
    return client
