"""A picture is seen as far as what shows it: not before its time, and no more when it is withdrawn."""

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kantoor.departments.communication.actions.items.agreeing import (
    ask_item_approval,
)
from kantoor.departments.communication.actions.items.publishing import (
    correct_item,
    withdraw_item,
)
from kantoor.departments.communication.actions.items.templates import add_item_template
from kantoor.departments.communication.actions.items.writing import write_item, write_text
from kantoor.departments.communication.drafts_items import ItemDraft, TemplateDraft, TextDraft
from kantoor.departments.communication.errors import BadPicture
from kantoor.departments.communication.queries.media.library import (
    picture,
    picture_codes,
    pictures,
)
from kantoor.departments.communication.queries.media.showing import pictures_by_code
from kantoor.departments.communication.tests.agreeing import agree
from kantoor.departments.communication.tests.media.conftest import Library
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.actors.standard import ROLES
from kantoor.kernel.errors import NotFound
from tests.founded import PASSWORD

SECRET = "The mill that we buy"
OTHERS = [r.code for r in ROLES if r.code not in ("director", "communication_officer")]


@pytest.fixture
def hans(library: Library) -> Actor:
    """Hans of HR, who reads and writes items, and sees no press release before its time."""
    return library.house.person("hans", "hr_officer")


def signed_in(name: str) -> Client:
    client = Client()
    client.post("/sign-in", {"user": name, "password": PASSWORD})
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    return client


def address(library: Library, code: str) -> str:
    return pictures_by_code(library.nora, [code])[code].size("small").url


def codes(actor: Actor) -> list[str]:
    return [row.code for row in pictures(actor).rows]


def test_a_picture_of_a_release_under_embargo_does_not_exist_for_others(
    library: Library, hans: Actor
) -> None:
    code = library.add(SECRET)
    shown = picture(library.nora, code=code).row
    url, client = address(library, code), signed_in("hans")
    for kind in ("", "press"):
        if kind:
            library.written(code, title="We buy the mill", kind=kind)
        assert codes(hans) == [] and codes(library.nora) == [code]
        assert picture_codes(hans, keys=[shown.id]) == {}
        with pytest.raises(NotFound):
            picture(hans, code=code)
        with pytest.raises(BadPicture, match="no picture"):
            write_item(hans, item=ItemDraft(title="Look", body=f"![x](media:{code})"))
        assert client.get(f"/communication/pictures/{code}").status_code == 404
        assert client.get(url).status_code == Client().get(url).status_code == 404
        for page in (
            "/communication/pictures",
            "/search?q=mill",
            f"/api/v1/communication/picture?code={code}",
        ):
            assert SECRET not in client.get(page).content.decode(), page
    own = signed_in("nora").get(url)
    assert own.status_code == 200 and own["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("role", OTHERS)
def test_no_page_tells_another_role_what_a_hidden_picture_is_called(
    library: Library, role: str
) -> None:
    code = library.add(SECRET)
    library.written(code, title="We buy the mill", kind="press")
    row = picture(library.nora, code=code).row
    library.house.person("anyone", role)
    client = signed_in("anyone")
    for page in (
        "/", "/today/inbox", "/communication", "/communication/pictures",
        "/communication/pictures?format=csv", f"/communication/pictures/{code}",
        "/search?q=mill", "/search?q=mill&format=palette", "/suggestions?q=mill",
        f"/management/record?about=communication.picture/{row.id}",
        "/api/v1/communication/pictures?search=mill", f"/api/v1/communication/picture?code={code}",
        f"/communication/do/take-away-picture?code={code}",
        f"/communication/do/change-picture?code={code}",
    ):  # fmt: skip
        answer = client.get(page)
        assert answer.status_code < 500 and SECRET not in answer.getvalue().decode(), page


def test_the_director_who_sees_releases_sees_their_pictures(library: Library) -> None:
    director = library.house.person("dirk", "director")
    code = library.add(SECRET)
    library.written(code, title="We buy the mill", kind="press")
    assert codes(director) == [code]
    assert signed_in("dirk").get(address(library, code)).status_code == 200


def test_what_is_out_shows_its_picture_to_all_and_in_the_library(
    library: Library, hans: Actor
) -> None:
    code = library.add()
    library.published(code, kind="press")
    assert codes(hans) == [code]
    assert [each.title for each in picture(hans, code=code).used] == ["The hall is open"]
    assert Client().get(address(library, code)).status_code == 200


def test_a_draft_shows_its_picture_to_who_may_see_the_draft(library: Library, hans: Actor) -> None:
    code = library.add()
    library.written(code, body="Soon.", picture=code)
    assert codes(hans) == [code]
    assert signed_in("hans").get(address(library, code)).status_code == 200
    for nobody in (Client(), signed_in("eva")):
        assert nobody.get(address(library, code)).status_code == 404


def test_a_withdrawn_item_takes_the_address_of_its_picture_with_it(library: Library) -> None:
    code = library.add()
    item = library.published(code)
    url = address(library, code)
    assert Client().get(url).status_code == 200
    withdraw_item(library.nora, item=item, why="Nobody was asked")
    assert Client().get(url).status_code == signed_in("eva").get(url).status_code == 404
    assert signed_in("nora").get(url).status_code == 200
    library.published(code, title="The hall once more")
    assert Client().get(url).status_code == 200


def test_a_picture_that_a_correction_leaves_out_is_public_no_more(library: Library) -> None:
    code = library.add()
    item = library.published(code)
    write_text(library.nora, text=TextDraft(item=item, title="The hall", body="No picture."))
    assert Client().get(address(library, code)).status_code == 200
    ask_item_approval(library.nora, item=item)
    agree(library.house.administrator, item)
    correct_item(library.nora, item=item, note="Without the picture")
    assert Client().get(address(library, code)).status_code == 404


def test_a_picture_of_a_house_template_is_there_for_who_writes(
    library: Library, hans: Actor
) -> None:
    code = library.add()
    template = TemplateDraft(name="Failure", body=f"![The hall](media:{code})")
    add_item_template(library.nora, template=template)
    assert codes(hans) == [code]
    write_item(hans, item=ItemDraft(title="Failure", body=f"![The hall](media:{code})"))


def test_the_list_of_pictures_takes_the_same_statements_however_many_there_are(
    library: Library, hans: Actor
) -> None:
    asked = []
    for n in range(2):
        for m in range(3):
            library.written(library.add(f"Hall {n} {m}"), title=f"Hall {n} {m}")
        with CaptureQueriesContext(connection) as found:
            assert len(codes(hans)) == 3 * (n + 1)
        asked.append(len(found))
    assert asked[0] == asked[1]
