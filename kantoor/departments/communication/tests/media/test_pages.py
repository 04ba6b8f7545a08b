"""The library in the browser: adding a picture, refusals in words, and addresses for everybody."""

import io

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from kantoor.departments.communication.actions.media.keeping import take_away_picture
from kantoor.departments.communication.queries.media.showing import pictures_by_code
from kantoor.departments.communication.tests.media.conftest import Library, jpeg
from tests.founded import PASSWORD

ADD = "/communication/pictures/add"
GIVEN = {
    "title": "The new hall", "alt_nl": "Een hal", "alt_en": "A hall", "owner": "Ada Lens",
    "licence": "Our own", "consent": "nobody",
}  # fmt: skip


def signed_in(name: str = "nora") -> Client:
    client = Client()
    client.post("/sign-in", {"user": name, "password": PASSWORD})
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    return client


def sent(client: Client, content: bytes, name: str = "hall.jpg", **more: str) -> tuple[int, str]:
    file = SimpleUploadedFile(name, content, "image/jpeg")
    answer = client.post(ADD, {**GIVEN, **more, "file": file})
    return answer.status_code, answer.content.decode()


def test_a_picture_is_added_and_stands_on_its_page(library: Library) -> None:
    client = signed_in()
    assert sent(client, jpeg())[0] == 302
    page = client.get("/communication/pictures/the-new-hall").content.decode()
    assert 'alt="A hall"' in page
    assert "media:the-new-hall" in page
    assert client.get("/communication/pictures").status_code == 200


def test_what_is_no_picture_is_refused_at_the_field_and_what_was_typed_stays(
    library: Library,
) -> None:
    status, page = sent(signed_in(), b"<svg onload='alert(1)'/>", "logo.svg")
    assert status == 422
    assert "An SVG can hold a program" in page
    assert 'value="The new hall"' in page
    assert sent(signed_in(), b"nothing of the kind")[0] == 422


def test_a_picture_of_200_mb_is_refused_before_any_of_it_is_read(library: Library) -> None:
    answer = signed_in().generic(
        "POST", ADD, b"", "multipart/form-data; boundary=x", CONTENT_LENGTH=str(200 * 2**20)
    )
    assert answer.status_code == 413
    assert answer.content.decode() == "This is larger than we take; send a smaller file."


def test_its_address_needs_nobody_signed_in_and_can_not_be_made(library: Library) -> None:
    code = library.add()
    library.published(code)
    url = pictures_by_code(library.nora, [code])[code].size("small").url
    answer = Client().get(url)
    assert answer.status_code == 200
    content = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    assert Image.open(io.BytesIO(content)).size == (480, 320)
    assert answer["Content-Type"] == "image/jpeg"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert answer["Cache-Control"] == "public, max-age=3600"
    signature = url.rpartition("/")[2]
    for guessed in (
        url.replace(signature, "a" * len(signature)),
        url.replace("/small/", "/full/"),
        url.replace(code, "another"),
        url.replace("/picture/", "/picture/9"),
    ):
        assert Client().get(guessed).status_code == 404, guessed


def test_an_address_stops_with_its_picture(library: Library) -> None:
    code = library.add()
    library.published(code)
    url = pictures_by_code(library.nora, [code])[code].size("full").url
    assert Client().get(url).status_code == 200
    take_away_picture(library.nora, code=code, why="The contract ended.")
    assert Client().get(url).status_code == 404
    page = signed_in().get(f"/communication/pictures/{code}").content.decode()
    assert "The contract ended." in page
    assert "<img" not in page.partition("<article")[2].partition("</article>")[0]


@pytest.mark.parametrize("url", [ADD, "/communication/pictures"])
def test_who_only_works_here_does_not_get_in(library: Library, url: str) -> None:
    assert signed_in("eva").get(url).status_code == 403
