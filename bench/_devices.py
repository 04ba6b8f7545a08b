"""Measures inventories and the list of devices in one database; prints JSON (see bench/devices.py)."""

import json
import random
import time
import zlib
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kantoor.kernel.actors.actor import Actor

AGENTS, PROGRAMS, COMMON = 1_000, 780, 700
FEW, MANY = 1_000, 100_000
PAGES = 15


def main() -> None:
    """Report all agents three times; then grow the list, and open it."""
    actor = founded()
    first = rate(actor, [inventory(n, 0) for n in range(AGENTS)])
    later = [inventory(n, 1) for n in range(AGENTS)]
    again = rate(actor, later)
    same = rate(actor, later)
    grow(actor, 0, FEW - AGENTS)
    few_ms, few_sql = page(actor)
    grow(actor, FEW, MANY)
    many_ms, many_sql = page(actor)
    found = {
        "first": first, "again": again, "same": same, "few_ms": few_ms, "few_sql": few_sql,
        "many_ms": many_ms, "many_sql": many_sql,
    }  # fmt: skip
    print(json.dumps(found))


def founded() -> "Actor":
    """A company in a new database, with the person who may do everything in it."""
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    from kantoor.kernel.actors.actor import actor_for, installation_actor
    from kantoor.kernel.actors.models import Company, User
    from kantoor.shell.founding import found_company

    made = found_company(installation_actor(), name="Bench", country="GB", currency="GBP")
    return actor_for(User.objects.get(sign_in=made.user), Company.objects.get(name="Bench"))


def rate(actor: "Actor", bodies: Sequence[bytes]) -> float:
    """Inventories a second of CPU, each in an action of its own."""
    from kantoor.departments.ict.actions.devices.inventories import take_inventories
    from kantoor.departments.ict.drafts_devices import IncomingInventory

    start = time.process_time()
    for body in bodies:
        given = IncomingInventory(name="inventory", content=body)
        told = take_inventories(actor, inventories=[given])
        assert told.failed == 0
    return len(bodies) / (time.process_time() - start)


def inventory(n: int, day: int) -> bytes:
    """The inventory of a machine on a day, as FusionInventory sends it."""
    chance = random.Random(n)
    own = chance.sample(range(COMMON, 3_000), PROGRAMS - COMMON)
    programs = "".join(
        f"<SOFTWARES><ARCH>amd64</ARCH><COMMENTS>a program of the system</COMMENTS>"
        f"<FILESIZE>{each * 977}</FILESIZE><FROM>deb</FROM><NAME>program-{each}</NAME>"
        f"<PUBLISHER>Debian</PUBLISHER><SYSTEM_CATEGORY>libs</SYSTEM_CATEGORY>"
        f"<VERSION>{each % 7}.{each % 11}-{chance.randrange(2)}</VERSION></SOFTWARES>"
        for each in (*range(COMMON), *own)
    )
    processes = "".join(
        f"<PROCESSES><CMD>worker {p + day}</CMD><CPUUSAGE>0.1</CPUUSAGE><PID>{p}</PID></PROCESSES>"
        for p in range(90)
    )
    mac = f"3c:52:82:{n >> 16 & 255:02x}:{n >> 8 & 255:02x}:{n & 255:02x}"
    text = (
        f"<?xml version='1.0' encoding='UTF-8'?><REQUEST><CONTENT>"
        f"<ACCESSLOG><LOGDATE>2026-01-0{day + 1} 08:00:00</LOGDATE></ACCESSLOG>"
        f"<BIOS><SMANUFACTURER>LENOVO</SMANUFACTURER><SMODEL>T{n % 9}</SMODEL>"
        f"<SSN>PF{n:06}X</SSN></BIOS><HARDWARE><NAME>pc-{n}</NAME>"
        f"<UUID>4c4c4544-{n:04x}-3010-8048-b6c04f50{n:04x}</UUID></HARDWARE>"
        f"<OPERATINGSYSTEM><FULL_NAME>Debian GNU/Linux 13</FULL_NAME><VERSION>13</VERSION>"
        f"<BOOT_TIME>2026-01-0{day + 1}</BOOT_TIME></OPERATINGSYSTEM>"
        f"<CPUS><CORE>8</CORE><NAME>CPU {n % 5}</NAME><SPEED>2400</SPEED></CPUS>"
        f"<MEMORIES><CAPTION>DIMM</CAPTION><CAPACITY>8192</CAPACITY></MEMORIES>"
        f"<STORAGES><NAME>nvme0n1</NAME><DISKSIZE>512110</DISKSIZE><SERIAL>S{n:08}</SERIAL></STORAGES>"
        f"<DRIVES><VOLUMN>/dev/vda</VOLUMN><TYPE>/</TYPE><TOTAL>480000</TOTAL>"
        f"<FREE>{200_000 - day * 17}</FREE></DRIVES>"
        f"<NETWORKS><DESCRIPTION>eth0</DESCRIPTION><MACADDR>{mac}</MACADDR>"
        f"<VIRTUALDEV>0</VIRTUALDEV></NETWORKS>{processes}{programs}</CONTENT>"
        f"<DEVICEID>pc-{n}-2026-01-01-00-00-00</DEVICEID><QUERY>INVENTORY</QUERY></REQUEST>"
    )
    return zlib.compress(text.encode())


def grow(actor: "Actor", begin: int, end: int) -> None:
    """More devices in the list, numbered from one to the other."""
    from kantoor.departments.ict.actions.devices.registering import register_devices
    from kantoor.departments.ict.drafts_devices import DeviceDraft

    for start in range(begin, end, 5_000):
        drafts = [
            DeviceDraft(kind="computer", maker="HP", model=f"Z{n % 40}", serial=f"HPSN{n:07}")
            for n in range(start, min(start + 5_000, end))
        ]
        register_devices(actor, devices=drafts)


def page(actor: "Actor") -> tuple[float, int]:
    """Milliseconds of CPU that the list takes, the least of several times, and its statements."""
    from django.db import connection

    ask = browser(actor)
    ask()
    asked: list[str] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        asked.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        ask()
    took = []
    for _n in range(PAGES):
        start = time.process_time()
        ask()
        took.append(time.process_time() - start)
    return min(took) * 1000, len(asked)


def browser(actor: "Actor") -> Callable[[], Any]:
    """What opens the list as the administrator does, signed in."""
    from django.conf import settings
    from django.test import Client

    from kantoor.kernel.actors.models import User
    from kantoor.shell.signing_in import session

    settings.ALLOWED_HOSTS = ["*"]
    client = Client()
    person = User.objects.filter(administrator=True).earliest("pk")
    store = client.session
    store[session.USER], store[session.SALT] = person.pk, person.session_salt
    store.save()

    def ask() -> Any:
        answer = client.get("/ict/devices")
        assert answer.status_code == 200
        return answer

    return ask


if __name__ == "__main__":
    main()
