"""Measures the inbox over few and many waiting procedures in one database; prints JSON."""

import json
import os
import time
from typing import TYPE_CHECKING, Any

from bench._procedures import administrator

if TYPE_CHECKING:
    from kantoor.kernel.actors.actor import Actor

FEW = 1_000
MANY = int(os.environ.get("BENCH_INBOX", "100000"))
LOT = 5_000
ROUNDS = 60
ASK = (
    '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"'
    ' xmlns:k="urn:kantoor:procedures:1" targetNamespace="bench">'
    '<process id="ask" name="Ask" isExecutable="true"><startEvent id="s"/>'
    '<userTask id="judge" name="Judge" k:role="administrator" k:within="P7D"/><endEvent id="e"/>'
    '<sequenceFlow id="a" sourceRef="s" targetRef="judge"/>'
    '<sequenceFlow id="b" sourceRef="judge" targetRef="e"/></process></definitions>'
)


def main() -> None:
    """Start the first thousand through the real action, look; then the others, and look again."""
    actor = administrator()
    from kantoor.procedures.actions.importing import import_procedure

    import_procedure(actor, content=ASK, publish=True)
    began = time.perf_counter()
    grow(actor, FEW)
    few_ms, few_sql = page(actor)
    grow(actor, MANY - FEW)
    seeded_s = time.perf_counter() - began
    many_ms, many_sql = page(actor)
    print(
        json.dumps(
            {
                "few_ms": few_ms, "few_sql": few_sql, "many_ms": many_ms, "many_sql": many_sql,
                "seeded_s": seeded_s,
            }
        )
    )  # fmt: skip


def grow(actor: "Actor", count: int) -> None:
    """So many procedures more that wait for a person, by the action that starts them in bulk."""
    from django.db import connection

    from kantoor.procedures.actions.starting import start_procedures

    for start in range(0, count, LOT):
        start_procedures(actor, procedure="ask", several=[{}] * min(LOT, count - start))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def page(actor: "Actor") -> tuple[float, int]:
    """The first page of the inbox with its counts, and a page after it: the best of some rounds in
    milliseconds, and how many statements they took."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from kantoor.kernel.ui.address import Address
    from kantoor.shell.pages.inbox import INBOX

    def look() -> Any:
        first = INBOX.page(actor, Address(INBOX.url))
        assert first.next_cursor and len(first.rows) == 50
        after = Address(INBOX.url, (("cursor", first.next_cursor),))
        return INBOX.page(actor, after)

    look()
    took = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        look()
        took.append(time.perf_counter() - start)
    with CaptureQueriesContext(connection) as asked:
        look()
    return min(took) * 1000, len(asked)


if __name__ == "__main__":
    main()
