"""A console that stands on something wrong: words, keys, databases, disks, an impatient person."""

import os
import shutil
import signal
import socket
import time

import pytest

from tests.console_input.conftest import Desk

GOOD = (
    "entry,date,account,amount,currency,text\n"
    "1,2026-01-05,1200,1250,GBP,paid\n1,2026-01-05,4000,-1250,GBP,sold\n"
)


@pytest.mark.sqlite_only
def test_wrong_usage_is_an_object_too_and_exit_code_2(desk: Desk) -> None:
    for words in (
        (),
        ("nonsense",),
        ("post",),
        ("report", "trial-balance", "--from", "2026-02-31"),
    ):
        heard = desk.hear(*words)
        assert (heard.code, heard.fault["check"]) == (2, "usage")
        assert "usage: kantoor" in heard.said


@pytest.mark.sqlite_only
def test_keys_that_are_lost_are_never_made_anew_under_a_record(desk: Desk) -> None:
    before = desk.balances()
    keys, aside = desk.console.folder / "keys", desk.files / "keys"
    shutil.move(keys, aside)
    port = ("--port", str(_free_port()))
    another = ("init", "--company", "Slager", "--country", "GB", "--currency", "GBP")
    for words in (("post", desk.file("good.csv", GOOD)), ("verify",), another, ("run", *port)):
        heard = desk.hear(*words)
        assert (heard.code, heard.fault["check"]) == (1, "keys.unusable")
        assert not (keys / "record-signing.pem").exists()
    shutil.rmtree(keys, ignore_errors=True)
    shutil.move(aside, keys)
    assert desk.balances() == before


@pytest.mark.sqlite_only
def test_key_files_that_are_spoilt_or_open_to_others_are_named(desk: Desk) -> None:
    before = desk.balances()
    keys = desk.console.folder / "keys"
    post = ("post", desk.file("good.csv", GOOD))
    sealing = keys / "sealing.key"
    sealing.chmod(0o644)
    assert "chmod 600" in desk.hear(*post, dutch=True).said
    sealing.chmod(0o600)
    kept = sealing.read_bytes()
    sealing.write_bytes(b"\xff" * 40)
    assert str(sealing) in desk.hear(*post).said
    sealing.write_bytes(kept)
    (keys / "session.key").write_bytes(b"\xff" * 40)  # only signs cookies
    assert desk.balances() == before


@pytest.mark.sqlite_only
def test_a_database_that_is_damaged_or_elsewhere_is_said(desk: Desk) -> None:
    post = ("post", desk.file("good.csv", GOOD))
    for url in ("postgres://a:b@127.0.0.1:1/none", "mysql://a/b", "nonsense", "postgres://[a/b"):
        heard = desk.hear(*post, DATABASE_URL=url)
        assert heard.code == 1
        assert len(heard.said.strip().splitlines()) == 1
    database = desk.console.folder / "kantoor.sqlite3"
    database.write_bytes(os.urandom(20_000))
    assert "beschadigd" in desk.hear(*post, dutch=True).said


@pytest.mark.sqlite_only
def test_a_port_that_is_taken_is_said(desk: Desk) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        heard = desk.hear("run", "--port", str(taken.getsockname()[1]))
    assert heard.code == 1
    assert "--port" in heard.fault["what"]


@pytest.mark.sqlite_only
def test_stopped_by_ctrl_c_at_any_moment_nothing_is_half_done(desk: Desk) -> None:
    before = desk.balances()
    rows = "".join(
        f"{n},2026-01-05,1200,5,GBP,a\n{n},2026-01-05,4000,-5,GBP,a\n" for n in range(60_000)
    )
    path = desk.file("many.csv", GOOD.partition("\n")[0] + "\n" + rows)
    posted = 0
    for wait_s in (0.1, 0.3, 1.0, 1.6):
        desk.console.extra = {}
        process = desk.console.start("post", path)
        time.sleep(wait_s)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=60)
        if process.returncode == 0:  # it was quicker than the stop
            posted += 60_000 * 5
        elif wait_s > 0.1:  # before that Python itself is still being loaded
            assert "Traceback" not in err
            assert '"stopped"' in out
    assert desk.balances()["debit"] == before["debit"] + posted


@pytest.mark.sqlite_only
def test_two_at_once_wait_for_each_other(desk: Desk) -> None:
    path = desk.file("good.csv", GOOD)
    desk.console.extra = {}
    both = [desk.console.start("post", path) for _ in range(3)]
    for process in both:
        out, err = process.communicate(timeout=120)
        assert (process.returncode, err) == (0, ""), out
    assert desk.balances()["debit"] == 4 * 1250


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])
