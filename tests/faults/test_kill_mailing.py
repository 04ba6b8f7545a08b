"""`kill -9` in the middle of a newsletter: nobody gets it twice, nobody is missed, bounces hold.

KANTOOR_MAILING sets to how many it goes (acceptance: 20000, of which one in forty bounces) and
KANTOOR_KILLS how often it is killed; the default keeps the suite short.
"""

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from kantoor.departments.communication.tests.mailings.returned import bounce
from tests.console import PROJECT, Console
from tests.faults.mailing import MANY
from tests.faults.test_kill_procedures import asked
from tests.own_database import own_database

KILLS = int(os.environ.get("KANTOOR_KILLS", "3"))
SEED = int(os.environ.get("KANTOOR_SEED", "1"))
BOUNCING = MANY // 40
CONNECTIONS = 2


@dataclass
class Sink:
    """What was taken for each address, and where its bounces go."""

    port: int = 0
    taken: Counter[str] = field(default_factory=Counter)
    senders: dict[str, str] = field(default_factory=dict)

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        for address in envelope.rcpt_tos:
            self.taken[address] += 1
            self.senders[address] = envelope.mail_from
        return "250 taken"


class _Controller(Controller):
    """Tells the port that the system chose."""

    def _trigger_server(self) -> None:
        server: Any = self.server
        self.port = server.sockets[0].getsockname()[1]
        super()._trigger_server()  # type: ignore[no-untyped-call]


@contextmanager
def sink() -> Iterator[Sink]:
    """A real mail server."""
    found = Sink()
    controller = _Controller(found, hostname="127.0.0.1", port=0)
    controller.start()
    found.port = controller.port
    yield found
    controller.stop()


def begun(console: Console, *words: str) -> "subprocess.Popen[str]":
    """A process that does a part of the story."""
    return subprocess.Popen(
        [sys.executable, "-m", "tests.faults.mailing", *words],
        cwd=PROJECT,
        env={
            **console.environment(),
            "KANTOOR_DATA": str(console.folder),
            "DATABASE_URL": console.url,
        },
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def done(console: Console, *words: str, told: str = "") -> str:
    """The same to its end; gives what it printed."""
    process = begun(console, *words)
    out, _ = process.communicate(told, timeout=1800)
    assert process.returncode == 0, words
    return out


def killed_after(console: Console, mails: Sink, more: int, wait_s: float) -> None:
    """Work until so many more were taken, and a moment later be killed."""
    process, goal = begun(console, "work"), mails.taken.total() + more
    while mails.taken.total() < goal and process.poll() is None:
        time.sleep(0.001)
    time.sleep(wait_s)
    process.send_signal(signal.SIGKILL)
    process.communicate(timeout=60)


def states(console: Console, title: str) -> Counter[str]:
    """How many recipients of an item are in each state."""
    question = (
        "SELECT i.title, t.state, count(*) FROM communication_mailing_to t"
        " JOIN communication_mailing m ON m.id = t.mailing_id"
        " JOIN communication_item i ON i.id = m.item_id GROUP BY i.title, t.state"
    )
    rows = [row[1:] for row in asked(console, question) if row[0] == title]
    return Counter({str(state): int(count) for state, count in rows})


@pytest.mark.databases
def test_a_killed_newsletter_reaches_each_once_and_bounces_are_suppressed_next_time(
    tmp_path: Path,
) -> None:
    chosen = random.Random(SEED)
    with own_database() as url, sink() as mails:
        smtp = f"smtp://127.0.0.1:{mails.port}?connections={CONNECTIONS}"
        console = Console(tmp_path / "data", url, {"KANTOOR_SMTP": smtp})
        console.ask("init", "--company", "Bakker BV", "--country", "NL", "--currency", "EUR")
        done(console, "prepare")
        done(console, "send", "First")
        for _kill in range(KILLS):
            part = MANY // (KILLS + 2)
            killed_after(console, mails, chosen.randint(1, part), chosen.uniform(0, 0.02))
            assert max(mails.taken.values()) == 1
        done(console, "work")
        found = states(console, "First")
        assert set(found) <= {"sent", "unsure"}
        assert found["unsure"] <= KILLS * CONNECTIONS
        assert found["sent"] + found["unsure"] == MANY
        done(console, "decide", told=json.dumps(list(mails.taken)))
        done(console, "work")
        assert states(console, "First") == {"sent": MANY}
        assert mails.taken == Counter({f"p{n}@example.org": 1 for n in range(MANY)})
        assert not list((console.folder / "mailings").glob("*.journal"))

        back = [f"p{n}@example.org" for n in chosen.sample(range(MANY), BOUNCING)]
        (tmp_path / "back").mkdir()
        for number, address in enumerate(back):
            file = tmp_path / "back" / f"{number:05}.eml"
            file.write_bytes(bounce(mails.senders[address], address))
        done(console, "bounces", str(tmp_path / "back"))
        assert states(console, "First") == {"sent": MANY - BOUNCING, "bounced": BOUNCING}
        mails.taken.clear()
        done(console, "send", "Second")
        done(console, "work")
        assert set(mails.taken) == {f"p{n}@example.org" for n in range(MANY)} - set(back)
        assert set(mails.taken.values()) == {1}
        answer = console.ask("verify")
        assert answer["ok"], answer["faults"]
