"""The console as people and scripts use it: real processes, on SQLite and on PostgreSQL."""

import gzip
import json
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kantoor.shell.demo.sources import MONTH
from tests.console import PROJECT, Console

pytestmark = pytest.mark.databases
INIT = ("init", "--company", "Bakker BV", "--country", "NL", "--currency", "EUR")


@pytest.fixture(scope="module")
def begun_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which a company was begun; nobody changes it."""
    folder = tmp_path_factory.mktemp("begun") / "data"
    Console(folder).ask(*INIT)
    return folder


@pytest.fixture
def begun(begun_once: Path, tmp_path: Path) -> Console:
    """A console with a company, in a folder of its own."""
    shutil.copytree(begun_once, tmp_path / "begun")
    return Console(tmp_path / "begun")


def spoken(console: Console, *words: str, **extra: str) -> tuple[int, str, str]:
    """What a person reads: exit code, standard output and standard error."""
    console.extra = extra
    process = console.start(*words, json_wanted=False)
    out, err = process.communicate(timeout=120)
    return process.returncode or 0, out, err


def test_a_company_is_begun_once_and_another_beside_it(console: Console) -> None:
    made = console.ask(*INIT)
    assert made["company"] == "Bakker BV"
    assert made["sign_in"]["user"] == "admin"
    assert len(made["sign_in"]["password"]) > 20
    assert oct(console.folder.stat().st_mode)[-3:] == "700"

    refused = console.ask(*INIT, code=1)
    assert refused["faults"][0]["check"] == "conflict"
    assert "Bakker BV" in refused["faults"][0]["what"]

    other = console.ask("init", "--company", "Slager", "--country", "BE", "--currency", "EUR")
    assert other["sign_in"] == {"user": "admin", "password": None}

    code, _, err = spoken(console, "do", "kernel.change_company", '{"zone": "Europe/Brussels"}')
    assert code == 1
    assert "Bakker BV, Slager" in err
    console.extra = {}
    done = console.ask("do", "kernel.change_company", "{}", "--company", "Slager")
    assert done == {"result": None}

    verified = console.ask("verify", code=None)
    assert verified["checked"]["kernel_company"] == 2
    faults = [fault for fault in verified["faults"] if "has no prover" not in fault["what"]]
    assert faults == []


@pytest.mark.sqlite_only
def test_what_can_not_be_begun_is_refused_and_nothing_is_half_begun(console: Console) -> None:
    for option, value, field in (
        ("--country", "XX", "country"),
        ("--company", "X" * 201, "name"),
        ("--chart", "nowhere", "chart"),
    ):
        refused = console.ask(*INIT, option, value, code=1)
        assert refused["faults"][0]["where"] == field
    assert console.ask(*INIT)["sign_in"]["password"]


@pytest.mark.sqlite_only
def test_before_init_every_command_says_what_to_do(console: Console) -> None:
    for words in (("verify",), ("heads",), ("do", "kernel.change_company"), ("run",)):
        code, out, err = spoken(console, *words)
        assert (code, out) == (1, "")
        assert "kantoor init" in err
        assert "Traceback" not in err
    assert not console.folder.exists()


@pytest.mark.sqlite_only
def test_wrong_usage_is_2(console: Console) -> None:
    for words in ((), ("nonsense",), ("init",), ("run", "--port", "x"), ("run", "--workers", "0")):
        code, out, err = spoken(console, *words)
        assert (code, out) == (2, "")
        assert "usage: kantoor" in err


@pytest.mark.sqlite_only
def test_it_speaks_the_language_of_lang(console: Console) -> None:
    code, out, _ = spoken(console, "--help", LANG="nl_NL.UTF-8", COLUMNS="200")
    assert code == 0
    assert "Voer een actie uit" in out
    assert "Perform an action" in spoken(console, "--help", LANG="en_GB.UTF-8", COLUMNS="200")[1]
    _, _, err = spoken(console, "verify", LANG="nl_NL.UTF-8")
    assert "Er is nog geen administratie" in err


@pytest.mark.sqlite_only
def test_actions_are_listed_described_and_performed(begun: Console) -> None:
    console = begun
    listed = {each["name"]: each for each in console.ask("actions")["actions"]}
    assert listed["kernel.add_user"]["permission"] == "kernel.manage_users"
    assert listed["kernel.add_user"]["parameters"]["required"] == ["sign_in", "name"]
    user = {"sign_in": "anne", "name": "Anne", "roles": ["auditor"]}
    assert console.ask("do", "kernel.add-user", json.dumps(user))["password"]

    code, _, err = spoken(console, "do", "kernel.add_user", json.dumps(user))
    assert (code, err.strip()) == (
        1,
        "sign_in: “anne” is taken; choose another name to sign in with.",
    )
    for words in ((json.dumps(user), "--as", "anne"), ("--as", "anne", json.dumps(user))):
        refused = console.ask("do", "kernel.add_user", *words, code=1)
        assert refused["faults"][0]["check"] == "not_allowed"
    for text in ("{", "[]", '{"sign_in": 1}', '{"nonsense": 1}'):
        assert console.ask("do", "kernel.add_user", text, code=1)["faults"]
    assert console.ask("do", "kernel.nonsense", code=1)["faults"]
    assert console.ask("do", "kernel.add_user", "{}", "--as", "nobody", code=1)["faults"]
    assert console.ask("openapi")["openapi"] == "3.1.0"


@pytest.mark.sqlite_only
def test_a_head_that_was_handed_out_holds_the_record_to_it(begun: Console) -> None:
    console = begun
    note = console.ask("heads")["note"]
    head = console.folder.parent / "head.txt"
    head.write_text(note)
    assert console.ask("heads")["note"] == note  # nothing happened since
    assert console.ask("heads", "--key")["key"].startswith("kantoor/")
    assert len(console.ask("heads", "--list")["heads"]) == 1
    against = console.ask("verify", "--against", str(head), code=None)
    assert not [fault for fault in against["faults"] if "head" in fault["where"]]
    head.write_text(note.replace("\n", "\n1", 1))
    assert not console.ask("verify", "--against", str(head), code=1)["ok"]
    assert console.ask("verify", "--against", "nowhere.txt", code=1)["faults"]


def test_an_init_that_is_killed_is_finished_by_the_next(console: Console) -> None:
    for wait_s in (0.4, 0.8, 1.2, 1.6, 2.0):
        process = console.start(*INIT)
        time.sleep(wait_s)
        process.send_signal(signal.SIGKILL)
        process.communicate()
    done = console.ask(*INIT, code=None)
    if "faults" in done:  # the last one was done before it was killed
        assert done["faults"][0]["check"] == "conflict"
    assert console.ask("verify", code=None)["checked"]["kernel_company"] == 1


POSTED = """entry,date,account,amount,currency,text
1,2026-01-05,70251,10000,EUR,Flour
1,2026-01-05,10201,-10000,EUR,Flour
2,2026-01-06,70251,500,EUR,Yeast
2,2026-01-06,10201,-500,EUR,Yeast
"""


@pytest.mark.sqlite_only
def test_a_file_is_posted_reported_and_exported(begun: Console, tmp_path: Path) -> None:
    file = tmp_path / "entries.csv"
    file.write_text(POSTED)
    done = begun.ask("post", str(file))
    assert (done["entries"], done["lines"]) == (2, 4)

    balance = begun.ask("report", "trial-balance", "--from", "2026-01-01", "--to", "2026-01-31")
    assert balance["currency"] == "EUR"
    assert (balance["debit"], balance["credit"]) == (10500, 10500)
    accounts = {row["code"]: row for row in balance["accounts"]}
    assert accounts["10201"]["closing"] == -10500
    assert begun.ask("report", "balance-sheet")["assets"] == -10500
    assert begun.ask("report", "profit-and-loss")["result"] == -10500
    ledger = begun.ask("report", "general-ledger", "--account", "70251")
    assert [row["balance"] for row in ledger["rows"]] == [10000, 10500]
    assert begun.ask("report", "receivables")["total"]["total"] == 0

    code, out, _ = spoken(begun, "report", "trial-balance")
    assert code == 0
    assert "−105.00" in out
    begun.extra = {}

    target = tmp_path / "books.beancount"
    exported = begun.ask("export", "ledger", "--format", "beancount", "--to", str(target))
    assert exported["bytes"] == target.stat().st_size
    assert "Flour" in spoken(begun, "export", "ledger", "--format", "csv")[1]
    assert begun.ask("export", "ledger", "--format", "nonsense", code=1)["faults"]


@pytest.mark.sqlite_only
def test_a_file_with_one_wrong_entry_is_refused_as_a_whole(begun: Console, tmp_path: Path) -> None:
    file = tmp_path / "entries.csv"
    file.write_text(POSTED.replace("10201,-500", "10201,-501"))
    code, _, err = spoken(begun, "post", str(file))
    begun.extra = {}
    assert code == 1
    assert err.startswith("line ")
    assert begun.ask("report", "trial-balance")["accounts"] == []
    assert begun.ask("post", str(tmp_path / "nowhere.csv"), code=1)["faults"]


@pytest.mark.sqlite_only
def test_files_are_taken_in_and_one_that_can_not_be_read_stops_no_other(
    begun: Console, tmp_path: Path
) -> None:
    good, bad = tmp_path / "sales.csv", tmp_path / "notes.csv"
    good.write_text(
        "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n"
        "536365,85123A,HEART,6,2010-12-01 08:26:00,2.55,17850,United Kingdom\n"
        "536366,22633,WARMER,six,2010-12-01 08:28:00,1.85,17850,United Kingdom\n"
    )
    bad.write_text("a,b\n1,2\n")
    taken = begun.ask("intake", str(bad), str(tmp_path / "nowhere"), str(good), code=1)
    counts = {name: taken[name] for name in ("received", "accepted", "duplicates", "rejected")}
    assert counts == {"received": 2, "accepted": 1, "duplicates": 0, "rejected": 1}
    assert [fault["where"] for fault in taken["faults"]] == [str(bad), str(tmp_path / "nowhere")]
    again = begun.ask("intake", str(good), "--source", "webshop")
    assert (again["accepted"], again["duplicates"], again["rejected"]) == (0, 1, 1)
    assert Path(again["files"][0]["rejected_file"]).exists()


@pytest.mark.sqlite_only
def test_the_demonstration_is_made_on_real_sales_and_proves_itself(
    tmp_path: Path,
) -> None:
    console = Console(tmp_path / "data", extra={"KANTOOR_SHARED": str(tmp_path)})
    made = console.ask("demo")
    assert made["received"] == made["accepted"] + made["rejected"] == 42481
    assert made["payments"] > 100
    assert made["approvals_waiting"] == 1
    assert {each["user"] for each in made["sign_in"]} >= {"admin", "boris", "carla"}
    assert console.ask("verify")["ok"]
    assert console.ask("demo", code=1)["faults"]

    at = ("--company", made["trading"])
    owed, owing = console.ask("report", "receivables", *at), console.ask("report", "payables", *at)
    assert owed["total"]["total"] == owed["account"] > 0
    assert owing["total"]["total"] == owing["account"] > 0


@pytest.mark.sqlite_only
def test_a_demonstration_that_was_begun_goes_on_by_a_job(tmp_path: Path) -> None:
    shared = tmp_path / "data" / "online-retail" / "online_retail.csv.gz"
    shared.parent.mkdir(parents=True)
    with gzip.open(MONTH, "rt") as month, gzip.open(shared, "wt") as longer:
        rows = month.readlines()
        sold_later = [f"9{row.replace('2010-12-', '2011-01-')}" for row in rows[1:2000]]
        longer.writelines([*rows, *sold_later])
    console = Console(tmp_path / "company", extra={"KANTOOR_SHARED": str(tmp_path)})
    begun = console.ask("demo", "--begin")
    assert (begun["received"], begun["goes_on"], begun["closed"]) == (42481, True, [])

    # The job itself, and the one that delivers what the procedures heard that it put to use.
    assert jobs_done(console) == 2
    january = ("--from", "2011-01-01", "--to", "2011-01-31", "--company", begun["company"])
    moved = console.ask("report", "trial-balance", *january)["accounts"]
    assert [each["debit"] for each in moved if each["code"] == "7000"] == [4_800_00]
    assert console.ask("verify")["ok"]


def jobs_done(console: Console) -> int:
    """Do what waits in the queue, as the worker would; gives how many jobs."""
    work = "import django; django.setup()\nfrom kantoor.kernel.jobs.worker import work_off\nprint(work_off())"
    environment = {
        **console.environment(),
        "KANTOOR_DATA": str(console.folder),
        "DJANGO_SETTINGS_MODULE": "kantoor.config.settings",
    }
    done = subprocess.run(
        [sys.executable, "-c", work], env=environment, stdout=subprocess.PIPE, text=True, check=True
    )
    return int(done.stdout)


@pytest.mark.sqlite_only
def test_help_is_there_at_once() -> None:
    """No Django is loaded for it: what would make it slow is not even imported."""
    text = "import sys, kantoor.shell.cli.script as s; s.main(['--help']); print('django' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", text], cwd=PROJECT, capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines()[-1] == "False"
