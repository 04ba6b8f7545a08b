"""Webhooks: kept with the action, signed, delivered, tried again, replayed; never sent inside."""

import base64
import hashlib
import hmac
import json
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from django.utils import timezone

from kantoor.kernel.actions.runner import action
from kantoor.kernel.actions.unit import publish
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import Conflict, InvalidInput, NotAllowed, NotFound
from kantoor.kernel.jobs.schedule import enqueue_due, scheduled
from kantoor.kernel.jobs.worker import work_off
from kantoor.kernel.outbox.actions import (
    add_endpoint,
    change_endpoint,
    remove_endpoint,
    renew_endpoint_secret,
    replay_delivery,
)
from kantoor.kernel.outbox.delivering import AGAIN_AFTER_S, anything_due, deliver_webhooks
from kantoor.kernel.outbox.models import Delivery, Endpoint
from kantoor.kernel.outbox.registers import deliveries, endpoints
from kantoor.kernel.outbox.sending import AddressRefused, checked_url, is_public, send
from kantoor.kernel.record.models import Change
from tests.founded import found

pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class BreadBaked:
    """An event of these tests."""

    loaves: int
    on: date


@action(permission="tests.bake", title="Bake bread", hidden=True)
def bake(actor: Actor, /, *, loaves: int, burn: bool = False) -> None:
    """Bake loaves, or burn them."""
    publish(BreadBaked(loaves, date(2026, 11, 24)))
    if burn:
        raise Conflict("The bread is burnt.")


class Receiver:
    """A receiver on this machine: what it was told, and what it answers."""

    def __init__(self) -> None:
        self.told: list[tuple[dict[str, str], bytes]] = []
        self.answers: list[int] = []
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                length = int(self.headers["Content-Length"])
                headers = {name.lower(): value for name, value in self.headers.items()}
                receiver.told.append((headers, self.rfile.read(length)))
                status = receiver.answers.pop(0) if receiver.answers else 204
                self.send_response(status)
                if status == 302:
                    self.send_header("Location", "http://127.0.0.1:1/elsewhere")
                self.end_headers()

            def log_message(self, *_: object) -> None:
                pass

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/hook?of=bakery"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()


@pytest.fixture
def receiver(monkeypatch: pytest.MonkeyPatch) -> Iterator[Receiver]:
    monkeypatch.setenv("KANTOOR_WEBHOOKS_PRIVATE", "1")
    receiver = Receiver()
    yield receiver
    receiver.server.shutdown()
    receiver.server.server_close()


def run_job() -> None:
    from kantoor.kernel.actors.actor import installation_actor

    deliver_webhooks.enqueue(installation_actor())
    work_off()


def test_what_happened_is_told_signed_as_standard_webhooks_asks(receiver: Receiver) -> None:
    house = found()
    made = add_endpoint(house.administrator, name="bakery", url=receiver.url)
    bake(house.administrator, loaves=12)
    run_job()
    (headers, body) = receiver.told[0]
    told = json.loads(body)
    assert told["data"] == {"loaves": 12, "on": "2026-11-24"}
    assert told["type"].endswith(".bread_baked")
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    key = base64.b64decode(made.secret.removeprefix("whsec_"))
    expected = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    assert headers["webhook-signature"] == f"v1,{expected}"
    delivery = deliveries(house.administrator).rows[0]
    assert (delivery.state, delivery.status, delivery.attempts) == ("delivered", 204, 1)
    assert not anything_due()


def test_what_did_not_happen_is_not_told(receiver: Receiver) -> None:
    house = found()
    add_endpoint(house.administrator, name="bakery", url=receiver.url)
    with pytest.raises(Conflict):
        bake(house.administrator, loaves=1, burn=True)
    assert not Delivery.objects.exists()


def test_only_who_listens_is_told(receiver: Receiver) -> None:
    house, other = found(), found("Slager BV")
    add_endpoint(house.administrator, name="money", url=receiver.url, event_types="finance.*")
    add_endpoint(house.administrator, name="closed", url=receiver.url)
    change_endpoint(house.administrator, name="closed", active=False)
    add_endpoint(other.administrator, name="of another company", url=receiver.url)
    bake(house.administrator, loaves=1)
    assert not Delivery.objects.exists()
    change_endpoint(house.administrator, name="money", event_types="finance.* *.bread_*")
    bake(house.administrator, loaves=2)
    assert Delivery.objects.get().endpoint.name == "money"


def test_a_receiver_that_is_away_is_tried_again_until_it_is_given_up(receiver: Receiver) -> None:
    house = found()
    add_endpoint(house.administrator, name="bakery", url=receiver.url)
    bake(house.administrator, loaves=3)
    for wait in AGAIN_AFTER_S:
        receiver.answers.append(500)
        before = timezone.now()
        run_job()
        delivery = Delivery.objects.get()
        assert delivery.state == "waiting"
        assert delivery.next_at >= before + timedelta(seconds=wait)
        Delivery.objects.update(next_at=timezone.now())
    receiver.answers.append(302)  # a redirect is not followed
    run_job()
    assert Delivery.objects.get().state == "dead"
    assert len({headers["webhook-id"] for headers, _ in receiver.told}) == 1
    replay_delivery(house.administrator, message_id=delivery.message_id)
    with pytest.raises(Conflict):
        replay_delivery(house.administrator, message_id=delivery.message_id)
    run_job()
    assert Delivery.objects.get().state == "delivered"


def test_a_receiver_that_is_gone_is_told_no_more(receiver: Receiver) -> None:
    """It answers 410, and `close_endpoint` follows."""
    house = found()
    add_endpoint(house.administrator, name="bakery", url=receiver.url)
    bake(house.administrator, loaves=3)
    receiver.answers.append(410)
    run_job()
    assert Delivery.objects.get().state == "dead"
    assert [row.active for row in endpoints(house.administrator)] == [False]
    bake(house.administrator, loaves=4)
    assert Delivery.objects.count() == 1


def test_nobody_listens_at_the_address(receiver: Receiver) -> None:
    house = found()
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
    add_endpoint(house.administrator, name="bakery", url=f"http://127.0.0.1:{port}/")
    for _ in range(5):
        bake(house.administrator, loaves=3)
    run_job()
    tried = Delivery.objects.filter(attempts=1)
    assert tried.count() == 3  # the rest waits for a better moment
    assert "refused" in tried[0].answer.lower()


def test_the_secret_is_kept_encrypted_in_the_database_and_the_record(receiver: Receiver) -> None:
    house = found()
    first = add_endpoint(house.administrator, name="bakery", url=receiver.url).secret
    assert first not in Endpoint.objects.get().secret
    bodies = b"".join(bytes(row.body) for row in Change.objects.all())
    assert first.encode() not in bodies
    assert renew_endpoint_secret(house.administrator, name="bakery").secret != first


def test_an_endpoint_is_removed_with_what_waits_for_it(receiver: Receiver) -> None:
    house = found()
    add_endpoint(house.administrator, name="bakery", url=receiver.url)
    bake(house.administrator, loaves=3)
    remove_endpoint(house.administrator, name="bakery")
    assert not Delivery.objects.exists()
    with pytest.raises(NotFound):
        remove_endpoint(house.administrator, name="bakery")


def test_who_may_not_manage_webhooks_adds_none(receiver: Receiver) -> None:
    house = found()
    with pytest.raises(NotAllowed):
        add_endpoint(house.person("anne", "bookkeeper"), name="mine", url=receiver.url)
    with pytest.raises(InvalidInput):
        add_endpoint(house.administrator, name=" ", url=receiver.url)


def test_the_schedule_delivers(receiver: Receiver) -> None:
    house = found()
    entry = next(entry for entry in scheduled() if entry.job is deliver_webhooks)
    assert not entry.needed()
    add_endpoint(house.administrator, name="bakery", url=receiver.url)
    bake(house.administrator, loaves=3)
    assert entry.needed()
    enqueue_due(float("inf"))
    work_off()
    assert Delivery.objects.get().state == "delivered"


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.0.0.1", "192.168.1.1", "172.16.5.4", "169.254.169.254", "0.0.0.0",
        "100.64.0.1", "224.0.0.1", "255.255.255.255", "::1", "::", "fe80::1%eth0", "fc00::1",
        "ff02::1", "::ffff:127.0.0.1", "::ffff:10.1.2.3", "2002:7f00:1::", "64:ff9b::7f00:1",
        "2001:db8::1", "64:ff9b::a9fe:a9fe",
    ],
)  # fmt: skip
def test_an_address_inside_the_house_is_never_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["93.184.215.14", "2606:2800:21f:cb07::1", "::ffff:8.8.8.8"])
def test_an_address_of_the_internet_is_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "url",
    [
        "http://example.com/", "ftp://example.com/", "https://", "https://user:pw@example.com/",
        "https://example.com/#part", "javascript:alert(1)", "https://exa[mple.com/",
        "https://example.com:99999/", "https://example.com:0/", "", "file:///etc/passwd",
    ],
)  # fmt: skip
def test_an_address_that_is_none_for_webhooks_is_refused(url: str) -> None:
    with pytest.raises(AddressRefused):
        checked_url(url)


def test_a_name_that_points_inside_is_refused_before_anything_is_sent(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("KANTOOR_WEBHOOKS_PRIVATE", "0")
    for address in ("127.0.0.1", "::ffff:10.0.0.1"):
        answer = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 443))]
        monkeypatch.setattr(socket, "getaddrinfo", lambda *_, answer=answer, **__: answer)
        with pytest.raises(AddressRefused):
            send("https://inside.example/", {}, b"{}")
