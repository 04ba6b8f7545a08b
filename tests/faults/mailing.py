"""Sends a newsletter in a process of its own, by the real worker: to be killed.

`prepare` makes the company and its people, `send TITLE` publishes an item and sends it off,
`work` works until nothing goes out any more, `bounces FOLDER` takes in what came back, and
`decide` reads what became of those in doubt.
"""

import json
import os
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import django

MANY = int(os.environ.get("KANTOOR_MAILING", "400"))
LOT = 5_000


def main() -> None:
    """Do what is asked."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "kantoor.config.settings"
    django.setup()
    parts: dict[str, Callable[..., None]] = {
        "prepare": prepare, "send": send, "work": work, "bounces": bounces, "decide": decide,
    }  # fmt: skip
    parts[sys.argv[1]](*sys.argv[2:])


def _actors() -> tuple[Any, Any]:
    """Who writes and sends, and who agrees to it."""
    from kantoor.kernel.actors.actor import actor_for
    from kantoor.kernel.actors.models import Company, User

    company = Company.objects.get()
    writes, agrees = (User.objects.get(sign_in=name) for name in ("nora", "dirk"))
    return actor_for(writes, company), actor_for(agrees, company)


def prepare() -> None:
    """So many people, a mailbox, an officer and a director."""
    from django.utils import timezone

    from kantoor.kernel.actions.runner import action
    from kantoor.kernel.actors.actor import actor_for, console_actor
    from kantoor.kernel.actors.models import Company, User
    from kantoor.kernel.actors.users import add_user
    from kantoor.kernel.mail.models import Mailbox
    from kantoor.kernel.parties.employees import EmployeeDraft, add_employees

    company = Company.objects.get()
    console = console_actor(company)
    for name, role in (("nora", "communication_officer"), ("dirk", "director")):
        add_user(
            console, sign_in=name, name=name.title(), roles=[role], password="eleven grey herons",
            password_is_temporary=False,
        )  # fmt: skip
    anne = actor_for(User.objects.get(administrator=True), company)
    for start in range(0, MANY, LOT):
        people = [
            EmployeeDraft(code=f"P{n:06}", name=f"Person {n}", email=f"p{n}@example.org")
            for n in range(start, min(start + LOT, MANY))
        ]
        add_employees(anne, employees=people)

    def mailbox(actor: Any, /) -> None:
        """The mailbox that it goes out from; nothing is read from it here."""
        Mailbox.objects.create(
            company_id=actor.company_id, purpose="communication", name="News",
            address="news@kantoor.example", sender_name="News", host="127.0.0.1", port=9,
            security="none", user="news", password="-", created_at=timezone.now(),
        )  # fmt: skip

    action(permission="tests.write", title="Add a mailbox", hidden=True)(mailbox)(console)


def send(title: str) -> None:
    """Publish an item, and send it off to everybody who can be reached."""
    from kantoor.departments.communication.actions.items.agreeing import (
        ask_item_approval,
    )
    from kantoor.departments.communication.actions.items.publishing import publish_item
    from kantoor.departments.communication.actions.items.writing import write_item
    from kantoor.departments.communication.actions.mailings.sending_off import send_item
    from kantoor.departments.communication.drafts_items import ItemDraft
    from kantoor.departments.communication.queries.audiences.resolving import size_of
    from kantoor.departments.communication.tests.agreeing import agree

    nora, dirk = _actors()
    draft = ItemDraft(kind="newsletter", title=title, body=f"{title}, for you.\n", language="en")
    code = write_item(nora, item=draft)
    ask_item_approval(nora, item=code)
    agree(dirk, code)
    publish_item(nora, item=code)
    send_item(nora, item=code, confirmed=size_of(nora, None))


def work() -> None:
    """The worker as it always is, until every mailing has ended."""
    from kantoor.departments.communication.actions.mailings import sending
    from kantoor.departments.communication.models import Mailing
    from kantoor.kernel.jobs.worker import Worker

    assert sending.send_mailings.quick, "the job is there"
    worker = Worker()

    def watch() -> None:
        while Mailing.objects.filter(state__in=("gathering", "sending")).exists():
            time.sleep(0.1)
        worker.stop.set()

    threading.Thread(target=watch, daemon=True).start()
    print("works", flush=True)
    worker.run()


def bounces(folder: str) -> None:
    """Take in the bounces of a folder as they come from the mailbox."""
    from kantoor.departments.communication.actions.mail.arriving import keep_mail
    from kantoor.departments.communication.actions.mail.working import place_new
    from kantoor.kernel.actors.actor import console_actor
    from kantoor.kernel.actors.models import Company

    actor = console_actor(Company.objects.get())
    files = sorted(Path(folder).glob("*.eml"))
    for start in range(0, len(files), 50):
        keep_mail(actor, contents=[file.read_bytes() for file in files[start : start + 50]])
    place_new(actor)


def decide() -> None:
    """A person looked in the log of the mail server: standard input says what arrived."""
    from kantoor.departments.communication.actions.mailings.steering import decide_doubts
    from kantoor.departments.communication.models import MailingTo

    arrived, nora = set(json.load(sys.stdin)), _actors()[0]
    doubts = dict(MailingTo.objects.filter(state="unsure").values_list("pk", "address"))
    there = [key for key, address in doubts.items() if address in arrived]
    if there:
        decide_doubts(nora, recipients=there, outcome="arrived")
    if rest := sorted(set(doubts) - set(there)):
        decide_doubts(nora, recipients=rest, outcome="again")
    print(json.dumps({"arrived": len(there), "again": len(rest)}))


if __name__ == "__main__":
    main()
