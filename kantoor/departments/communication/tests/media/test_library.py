"""The library: rights and texts that are asked, codes, what expires, and what was taken away."""

from datetime import timedelta

import pytest
from django.utils import timezone

from kantoor.departments.communication.actions.media.keeping import (
    add_picture,
    add_pictures,
    change_picture,
    put_back_picture,
    put_back_pictures,
    take_away_picture,
    take_away_pictures,
)
from kantoor.departments.communication.drafts_media import NewPicture
from kantoor.departments.communication.errors import BadPicture, KnownAlready
from kantoor.departments.communication.formats.pictures import drawn
from kantoor.departments.communication.models import Picture, PictureSize
from kantoor.departments.communication.queries.media.library import picture, pictures
from kantoor.departments.communication.queries.media.showing import pictures_by_code
from kantoor.departments.communication.tests.media.conftest import LONG_AGO, Library, jpeg
from kantoor.kernel.errors import InvalidInput, NotAllowed, NotFound, Refusals
from kantoor.kernel.inboxes import inbox, inbox_counts


def test_a_picture_is_kept_with_its_rights_and_sizes_under_a_code_of_its_title(
    library: Library,
) -> None:
    assert library.add() == "the-new-hall"
    assert library.add() == "the-new-hall-2"
    shown = picture(library.nora, code="the-new-hall")
    assert shown.row.state == "usable"
    assert (shown.row.owner, shown.added_by) == ("Ada Lens", "Nora")
    assert [each[:3] for each in shown.sizes] == [("small", 480, 320), ("full", 600, 400)]


def test_a_code_of_ones_own_is_kept_or_refused(library: Library) -> None:
    assert library.add(code="hall") == "hall"
    with pytest.raises(KnownAlready):
        library.add(code="hall")
    with pytest.raises(InvalidInput):
        library.add(code="The Hall")


def test_several_pictures_are_added_all_or_none(library: Library) -> None:
    sizes = drawn(jpeg())
    good = NewPicture(picture=library.draft("Same"), sizes=sizes)
    assert add_pictures(library.nora, pictures=[good, good]) == ["same", "same-2"]
    bad = NewPicture(picture=library.draft("Else", alt_nl=" ", owner=""), sizes=sizes)
    with pytest.raises(Refusals) as refused:
        add_pictures(library.nora, pictures=[good, bad])
    places = [(each.place.field, each.place.line) for each in refused.value.errors]
    assert places == [("alt_nl", 2), ("owner", 2)]
    assert Picture.objects.count() == 2


def test_people_on_a_picture_agreed_or_it_is_not_said_so(library: Library) -> None:
    with pytest.raises(BadPicture, match="where it stands that they agreed"):
        library.add(consent="agreed", people="Eva")
    with pytest.raises(BadPicture, match="whether they agreed"):
        library.add(people="Eva")
    code = library.add(consent="unasked", people="Eva")
    assert "ask them first" in pictures_by_code(library.nora, [code])[code].refusal
    change_picture(
        library.nora,
        code=code,
        picture=library.draft("The hall", consent="agreed", people="Eva", proof="Form of 3 March"),
    )
    shown = pictures_by_code(library.nora, [code])[code]
    assert (shown.title, shown.refusal) == ("The hall", "")


def test_a_picture_of_which_the_rights_ended_is_not_published_anew(library: Library) -> None:
    old, new = library.add("Old", expires_on=LONG_AGO), library.add("New")
    today = library.add("Today", expires_on=timezone.localdate())
    found = pictures_by_code(library.house.company, [old, new, today, "nothing"])
    assert {code: each.expired for code, each in found.items()} == {
        old: True, new: False, today: False,
    }  # fmt: skip
    assert "rights of picture “old” ended" in found[old].refusal
    assert found[new].alt("nl") == "Een hoge hal vol stellingen"
    assert found[new].alt("fr") == found[new].alt("nl")
    assert found[new].size("large") == found[new].size("full")


def test_rights_that_end_are_in_the_inbox_of_who_keeps_the_library(library: Library) -> None:
    day = timezone.localdate()
    library.add("Soon", expires_on=day + timedelta(days=10))
    library.add("Ended", expires_on=day - timedelta(days=2))
    library.add("Later", expires_on=day + timedelta(days=90))
    library.add("Long ago", expires_on=LONG_AGO)
    rows = inbox(library.nora, kind="communication.pictures").rows
    assert [(row.title, row.late) for row in rows] == [("Ended", True), ("Soon", False)]
    counts = {each.kind: each.count for each in inbox_counts(library.nora)}
    assert counts["communication.pictures"] == 2
    assert "communication.pictures" not in {each.kind for each in inbox_counts(library.eva)}


def test_pictures_are_listed_by_what_may_be_done_with_them(library: Library) -> None:
    library.add("Fine")
    library.add("Soon", expires_on=timezone.localdate() + timedelta(days=3))
    library.add("Ended", expires_on=LONG_AGO)
    library.add("Group", consent="unasked")
    gone = library.add("Gone")
    take_away_picture(library.nora, code=gone, why="She took back what she agreed to.")

    def titles(**asked: str) -> list[str]:
        return sorted(row.title for row in pictures(library.nora, **asked).rows)  # type: ignore[arg-type]

    assert titles() == ["Ended", "Fine", "Group", "Soon"]
    assert titles(state="usable") == ["Fine", "Soon"]
    assert titles(state="soon") == ["Soon"]
    assert titles(state="expired") == ["Ended"]
    assert titles(state="unasked") == ["Group"]
    assert titles(state="gone") == ["Gone"]
    assert titles(search="group") == ["Group"]
    assert titles(sort="expires_on") == ["Ended", "Soon"]


def test_what_is_taken_away_is_shown_nowhere_until_it_is_put_back(library: Library) -> None:
    code, other = library.add(), library.add("Other")
    with pytest.raises(InvalidInput):
        take_away_pictures(library.nora, codes=[code], why=" ")
    assert take_away_pictures(library.nora, codes=[code, other], why="The contract ended.") == 2
    assert pictures_by_code(library.nora, [code, other]) == {}
    assert picture(library.nora, code=code).why == "The contract ended."
    with pytest.raises(NotFound):
        take_away_picture(library.nora, code=code, why="Again.")
    assert put_back_picture(library.nora, code=code) == 1
    assert put_back_pictures(library.nora, codes=[other]) == 1
    assert set(pictures_by_code(library.nora, [code, other])) == {code, other}


def test_only_who_keeps_the_library_adds_to_it(library: Library) -> None:
    with pytest.raises(NotAllowed):
        add_picture(library.eva, picture=library.draft(), sizes=drawn(jpeg()))
    with pytest.raises(NotAllowed):
        pictures(library.eva)
    assert not PictureSize.objects.exists()
