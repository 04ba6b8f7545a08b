"""Measures a newsletter in one database, and smtplib with the same messages; prints JSON."""

import json
import os
import smtplib
import subprocess
import sys
import time
from typing import TYPE_CHECKING, Any

from bench._procedures import administrator

if TYPE_CHECKING:
    from kantoor.departments.communication.actions.mailings.letters import Outfit
    from kantoor.departments.communication.models import MailingTo
    from kantoor.kernel.actors.actor import Actor

MANY = int(os.environ.get("BENCH_NEWSLETTER", "100000"))
PEER = 4_000
LOT = 5_000
BODY = "\n\n".join(["A paragraph of a newsletter with [a link](https://example.org/page)."] * 25)


class Work:
    """A job under way that nobody waits for."""

    def progress(self, *_: object) -> None:
        """Nobody looks."""

    def others_wait(self) -> bool:
        """Nobody does."""
        return False


def main() -> None:
    """Some by smtplib, all by the real job, some by smtplib again."""
    with sink() as (port, taken):
        os.environ["KANTOOR_SMTP"] = f"smtp://127.0.0.1:{port}?connections=2"
        os.environ["KANTOOR_ADDRESS"] = "https://kantoor.example"
        actor = administrator()
        seed(actor)
        mailing = begun(actor)
        peer = [by_smtplib(actor, mailing, port)]
        taken()
        rate, grown = sent(mailing)
        assert taken() == MANY, "the sink did not take each once"
        peer.append(by_smtplib(actor, mailing, port))
    print(json.dumps({"rate": rate, "peer": sum(peer) / len(peer), "grown_mb": grown}))


class sink:  # noqa: N801
    """The sink's port, and what tells how much it took since it was asked last."""

    def __enter__(self) -> tuple[int, Any]:
        self.running = subprocess.Popen(
            [sys.executable, "-m", "bench._sink"], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            text=True,
        )  # fmt: skip
        assert self.running.stdout is not None
        return int(self.running.stdout.readline()), self._taken

    def _taken(self) -> int:
        assert self.running.stdin is not None and self.running.stdout is not None
        self.running.stdin.write("\n")
        self.running.stdin.flush()
        return int(self.running.stdout.readline())

    def __exit__(self, *_: object) -> None:
        assert self.running.stdin is not None
        self.running.stdin.close()
        self.running.wait()


def seed(actor: "Actor") -> None:
    """So many who work here."""
    from kantoor.kernel.parties.employees import EmployeeDraft, add_employees

    for start in range(0, MANY, LOT):
        numbers = range(start, min(start + LOT, MANY))
        add_employees(
            actor,
            employees=[
                EmployeeDraft(code=f"E{n:06}", name=f"Person {n}", email=f"p{n}@example.org")
                for n in numbers
            ],
        )


def begun(actor: "Actor") -> Any:
    """A newsletter that was sent off, with all its recipients written down."""
    from django.utils import timezone

    from kantoor.departments.communication.actions.items.agreeing import (
        ask_item_approval,
    )
    from kantoor.departments.communication.actions.items.publishing import publish_item
    from kantoor.departments.communication.actions.items.writing import write_item
    from kantoor.departments.communication.actions.mailings.gathering import gather
    from kantoor.departments.communication.actions.mailings.sending_off import send_item
    from kantoor.departments.communication.drafts_items import ItemDraft
    from kantoor.departments.communication.models import Mailing
    from kantoor.departments.communication.tests.agreeing import agree
    from kantoor.kernel.actions.runner import action
    from kantoor.kernel.mail.models import Mailbox

    def mailbox(actor: "Actor", /) -> None:
        """The mailbox it goes out from."""
        Mailbox.objects.create(
            company_id=actor.company_id, purpose="communication", name="News",
            address="news@kantoor.example", sender_name="Bench", host="127.0.0.1", port=143,
            security="none", user="news", password="-", created_at=timezone.now(),
        )  # fmt: skip

    action(permission="bench.seed", title="Add a mailbox", hidden=True)(mailbox)(actor)
    draft = ItemDraft(kind="newsletter", title="News", body=BODY, language="en")
    code = write_item(actor, item=draft)
    ask_item_approval(actor, item=code)
    agree(somebody_else(actor), code)
    publish_item(actor, item=code)
    send_item(actor, item=code, confirmed=MANY)
    mailing = Mailing.objects.select_related("company", "item", "mailbox", "way", "audience").get()
    began = time.perf_counter()
    gather(actor, mailing)
    print(f"written down in {time.perf_counter() - began:.1f} s", file=sys.stderr)
    assert mailing.size == MANY
    return mailing


def somebody_else(actor: "Actor") -> "Actor":
    """Who agrees to what another wrote."""
    from kantoor.kernel.actors.actor import actor_for, console_actor
    from kantoor.kernel.actors.models import Company, User
    from kantoor.kernel.actors.users import add_user

    company = Company.objects.get(pk=actor.company_id)
    add_user(
        console_actor(company), sign_in="dirk", name="Dirk", roles=["director"],
        password="eleven grey herons", password_is_temporary=False,
    )  # fmt: skip
    return actor_for(User.objects.get(sign_in="dirk"), company)


def sent(mailing: Any) -> tuple[float, float]:
    """Messages a second of the real job, and how many MB the process grew after its first turn."""
    from kantoor.departments.communication.actions.mailings.sending import Turn
    from kantoor.departments.communication.models import MailingTo

    began, first = time.perf_counter(), 0.0
    while mailing.state == "sending":
        # A turn takes a minute at most; on a fast machine the first is cut to see it grow.
        until = time.monotonic() + (60.0 if first else 5.0)
        Turn(Work(), mailing, until).run()  # type: ignore[arg-type]
        mailing.refresh_from_db()
        first = first or resident_mb()
    took = time.perf_counter() - began
    assert MailingTo.objects.filter(mailing=mailing, state="sent").count() == MANY
    return MANY / took, resident_mb() - first


def by_smtplib(actor: "Actor", mailing: Any, port: int) -> float:
    """Messages a second of smtplib alone, with the same messages, made before."""
    from kantoor.departments.communication.actions.mailings.letters import outfit_of
    from kantoor.departments.communication.models import MailingTo

    outfit = outfit_of(actor, mailing)
    rows = MailingTo.objects.filter(mailing=mailing).order_by("pk")[:PEER]
    messages = [made(outfit, row) for row in rows]
    with smtplib.SMTP("127.0.0.1", port) as client:
        began = time.perf_counter()
        for sender, address, content in messages:
            client.sendmail(sender, [address], content)
        return len(messages) / (time.perf_counter() - began)


def made(outfit: "Outfit", row: "MailingTo") -> tuple[str, str, bytes]:
    """A message as it is handed in."""
    message = outfit.message(row)
    return message.bounces_to, message.address, message.content()


def resident_mb() -> float:
    """What this process has in memory."""
    with open("/proc/self/statm") as file:
        pages = int(file.read().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


if __name__ == "__main__":
    main()
