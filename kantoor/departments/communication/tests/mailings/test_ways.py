"""Other ways out: a provider by its API, text messages and rooms, all answered by a real server."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from pytest_django import Settings

from kantoor.departments.communication.actions.mailings.channels import add_channel, change_channel
from kantoor.departments.communication.errors import KnownAlready
from kantoor.departments.communication.models import Channel, Mailing, MailingTo
from kantoor.departments.communication.queries.mailings.channels import channels
from kantoor.departments.communication.tests.mailings.conftest import (
    Newsroom,
    due_again,
    run,
    state_of,
)
from kantoor.kernel.errors import InvalidInput, NotFound

EVA, BO, CAS = "eva@example.org", "bo@example.org", "cas@example.org"


@dataclass
class Service:
    """What was posted where; `status` and `answer` are what it says to that."""

    port: int = 0
    posted: list[tuple[str, dict[str, object]]] = field(default_factory=list)
    status: dict[str, int] = field(default_factory=dict)
    answer: dict[str, object] = field(default_factory=dict)

    def said_of(self, posted: str) -> int:
        """What it answers to a post with these words in it."""
        return next((code for words, code in self.status.items() if words in posted), 200)


@pytest.fixture
def service() -> Iterator[Service]:
    """A service on this machine."""
    found = Service()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            text = self.rfile.read(int(self.headers["Content-Length"])).decode()
            found.posted.append((self.path, json.loads(text)))
            answer = json.dumps(found.answer).encode()
            self.send_response(found.said_of(self.path + text))
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_: object) -> None:
            """Nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    found.port = server.server_address[1]
    Thread(target=server.serve_forever, daemon=True).start()
    yield found
    server.shutdown()


@pytest.fixture
def postmark(service: Service, settings: Settings) -> Service:
    """Mailings go out by a provider."""
    settings.MAIL_BACKEND = "anymail.backends.postmark.EmailBackend"
    settings.ANYMAIL = {
        "POSTMARK_SERVER_TOKEN": "secret",
        "POSTMARK_API_URL": f"http://127.0.0.1:{service.port}/",
        "IGNORE_UNSUPPORTED_FEATURES": True,
    }
    service.answer = {"ErrorCode": 0, "Message": "OK", "MessageID": "m-1", "To": BO}
    return service


def test_a_provider_gets_each_message_apart_with_the_fields_of_lists(
    newsroom: Newsroom, postmark: Service, settings: Settings
) -> None:
    settings.ADDRESS = "https://kantoor.example"
    mailing = newsroom.send()
    run()
    assert state_of(mailing) == "done"
    assert set(newsroom.states().values()) == {"sent"}
    by_address = {
        str(said["To"]).rpartition("<")[2].strip(">"): said for _, said in postmark.posted
    }
    assert set(by_address) == {EVA, BO, CAS}
    bo = by_address[BO]
    assert bo["Subject"] == "New hall"
    assert "<strong>and look</strong>" in str(bo["HtmlBody"])
    fields = {each["Name"]: each["Value"] for each in bo["Headers"]}  # type: ignore[attr-defined]
    assert fields["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert "secret" not in MailingTo.objects.get(address=BO).answer


def test_what_a_provider_refuses_fails_and_what_it_does_not_say_is_in_doubt(
    newsroom: Newsroom, postmark: Service
) -> None:
    postmark.status = {EVA: 413, BO: 500, CAS: 429}
    newsroom.send()
    run()
    assert newsroom.states() == {EVA: "failed", BO: "unsure", CAS: "waiting"}
    postmark.status = {}
    due_again()
    run()
    assert newsroom.states() == {EVA: "failed", BO: "unsure", CAS: "sent"}


def test_a_provider_that_is_not_there_or_refuses_our_key_costs_nobody_an_attempt(
    newsroom: Newsroom, postmark: Service, settings: Settings
) -> None:
    postmark.status = {"": 401}
    mailing = newsroom.send()
    run()
    assert set(newsroom.states().values()) <= {"waiting"}
    assert Mailing.objects.get(uid=mailing).trouble
    settings.ANYMAIL = {**settings.ANYMAIL, "POSTMARK_API_URL": "http://127.0.0.1:9/"}
    due_again()
    run()
    assert set(newsroom.states().values()) == {"waiting"}
    assert not MailingTo.objects.filter(attempts__gt=0).exists()


def test_text_messages_go_to_who_has_a_telephone(newsroom: Newsroom, service: Service) -> None:
    address = f"json://127.0.0.1:{service.port}/sms/{{to}}"
    code = add_channel(newsroom.nora, name="Text messages", kind="sms", service=address)
    mailing = newsroom.send(channel=code, confirmed=1)
    run()
    assert newsroom.states() == {"+31612": "sent"}
    ((path, said),) = service.posted
    assert path.startswith("/sms/+31612")
    assert said["message"] == "NL New hall: Kom kijken."
    assert state_of(mailing) == "done"
    assert address not in Channel.objects.get().service


def test_a_room_gets_an_item_once_whoever_listens(newsroom: Newsroom, service: Service) -> None:
    address = f"json://127.0.0.1:{service.port}/room"
    add_channel(newsroom.nora, name="Hall", kind="chat", service=address, code="hall")
    service.status = {"/room": 404}
    newsroom.send(channel="hall", confirmed=None)
    run()
    assert newsroom.states() == {"hall": "failed"}
    service.status = {}
    newsroom.send(newsroom.publish("Next"), channel="hall", confirmed=None)
    run()
    assert service.posted[-1][1]["title"] == "Next"
    assert len(service.posted) == 2


def test_the_address_of_a_service_is_known_and_never_shown(newsroom: Newsroom) -> None:
    with pytest.raises(InvalidInput):
        add_channel(newsroom.nora, name="X", kind="chat", service="gopher://x")
    with pytest.raises(InvalidInput, match="to"):
        add_channel(newsroom.nora, name="X", kind="sms", service="json://127.0.0.1/x")
    code = add_channel(newsroom.nora, name="X", kind="chat", service="json://u:p4ss@127.0.0.1/x")
    with pytest.raises(KnownAlready):
        add_channel(newsroom.nora, name="X", kind="chat", service="json://127.0.0.1/x")
    assert "p4ss" not in repr(channels(newsroom.nora)) + Channel.objects.get().service
    change_channel(newsroom.nora, channel=code, name="Y", active=False)
    assert [(row.name, row.active) for row in channels(newsroom.nora)] == [("Y", False)]
    with pytest.raises(NotFound):
        newsroom.send(channel=code)
    with pytest.raises(NotFound):
        change_channel(newsroom.nora, channel="none")
