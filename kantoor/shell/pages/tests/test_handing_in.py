"""Files handed in on a page: kept, taken in by a job, and told what came of it."""

import gzip
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import NoReverseMatch, reverse

from kantoor.kernel.jobs.worker import work_off

SignedIn = Callable[..., Client]
SHOP = """InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country
536365,85123A,HEART,6,2010-12-01 08:26:00,2.55,17850.0,United Kingdom
536366,71053,LANTERN,2,2010-12-01 08:28:00,3.39,17851.0,France
536368,71053,LANTERN,none,2010-12-02 08:28:00,3.39,17851.0,France
"""


def text_of(answer: Any) -> str:
    return str(answer.content.decode())


def desk_with_inbox() -> str:
    try:
        return reverse("sales.hand_in").rpartition("/")[0]
    except NoReverseMatch:
        pytest.skip("no desk has the inbox")


@pytest.mark.parametrize("packed", [False, True])
def test_a_file_is_taken_in_while_one_goes_on(signed_in: SignedIn, packed: bool) -> None:
    desk = desk_with_inbox()
    anne = signed_in("anne", "bookkeeper", "sales_desk")
    content = gzip.compress(SHOP.encode()) if packed else SHOP.encode()
    file = SimpleUploadedFile("shop.csv.gz" if packed else "shop.csv", content)
    answer = anne.post(f"{desk}/hand-in", {"file": file, "source": "webshop"})
    job = answer["Location"]
    assert re.fullmatch(r"/today/jobs/[0-9a-f]{32}", job)
    assert "You may leave this page" in text_of(anne.get(job))
    assert work_off() >= 1
    assert "See what came of it" in text_of(anne.get(f"{job}?part=progress"))
    page = text_of(anne.get(job))
    assert "Rows received" in page
    refused = anne.get(f"{job}?part=file")
    assert b"536368" in b"".join(refused.streaming_content)  # type: ignore[attr-defined]
    inbox = text_of(anne.get(f"{desk}/inbox"))
    assert "536365" in inbox
    waiting = text_of(anne.get(f"{desk}/inbox?state=open"))
    assert "536368" in waiting
    assert "536365" not in waiting


def test_an_event_shows_what_came_in_and_can_be_tried_again(signed_in: SignedIn) -> None:
    desk = desk_with_inbox()
    anne = signed_in("anne", "bookkeeper", "sales_desk")
    file = SimpleUploadedFile("shop.csv", SHOP.encode())
    anne.post(f"{desk}/hand-in", {"file": file, "source": "webshop"})
    work_off()
    inbox = text_of(anne.get(f"{desk}/inbox?state=open"))
    event = re.search(rf'href="({desk}/inbox/(\d+))"', inbox)
    assert event is not None
    page = text_of(anne.get(event[1]))
    assert "LANTERN" in page
    again = anne.post(f"{desk}/inbox/bulk/kernel-replay-rejected-events", {"selected": event[2]})
    assert again.status_code == 302
    assert "1 left alone" in text_of(anne.get(again["Location"]))


def test_a_file_that_cannot_be_read_fails_with_a_sentence(signed_in: SignedIn) -> None:
    desk = desk_with_inbox()
    anne = signed_in("anne", "bookkeeper", "sales_desk")
    file = SimpleUploadedFile("photo.jpg", b"\xff\xd8\xff\xe0 not a table at all")
    job = anne.post(f"{desk}/hand-in", {"file": file, "source": "webshop"})["Location"]
    work_off()
    page = text_of(anne.get(job))
    assert "Stopped" in page
    assert "Try again" in page


def test_what_is_missing_is_said_at_the_field(signed_in: SignedIn) -> None:
    desk = desk_with_inbox()
    anne = signed_in("anne", "bookkeeper", "sales_desk")
    answer = anne.post(f"{desk}/hand-in", {"source": "webshop"})
    assert answer.status_code == 422
    assert 'href="#id_file"' in text_of(answer)


def test_others_do_not_hand_in_nor_see_my_jobs(signed_in: SignedIn) -> None:
    desk = desk_with_inbox()
    anne = signed_in("anne", "bookkeeper", "sales_desk")
    file = SimpleUploadedFile("shop.csv", SHOP.encode())
    job = anne.post(f"{desk}/hand-in", {"file": file, "source": "webshop"})["Location"]
    bram = signed_in("bram", "employee")
    assert bram.get(job).status_code == 404
    assert bram.get(f"{job}?part=file").status_code == 404
    assert bram.post(f"{desk}/hand-in", {"source": "webshop"}).status_code == 403
