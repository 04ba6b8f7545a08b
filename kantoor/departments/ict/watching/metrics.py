"""Disk, memory and load of a server, from the text that Prometheus' node exporter gives.

https://prometheus.io/docs/instrumenting/exposition_formats/
"""

from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _

from kantoor.departments.ict.errors_servers import TargetRefused
from kantoor.departments.ict.watching.questions import Answer


def judged(text: str, expect: str) -> Answer:
    """Whether what was measured is within a limit.

    `disk /var 90` is at most 90 % of that file system used, `memory 90` of the memory, `load 4.5`
    a load over five minutes of at most that. Raises TargetRefused for a limit that is none.
    """
    words = expect.split()
    kind, limit = words[0] if words else "", _limit(words)
    if kind == "disk" and len(words) == 3:
        return _disk(text, words[1], limit)
    if kind == "memory" and len(words) == 2:
        free = _value(text, "node_memory_MemAvailable_bytes")
        return _used(free, _value(text, "node_memory_MemTotal_bytes"), limit)
    if kind == "load" and len(words) == 2:
        load = _value(text, "node_load5")
        if load is None:
            return Answer(False, _("it does not say"))
        return Answer(load <= limit, _("load {load}").format(load=load))
    message = _("Say what is measured and its limit: disk / 90, memory 90 or load 4.")
    raise TargetRefused(message, field="expect")


def _disk(text: str, mount: str, limit: Decimal) -> Answer:
    free = _value(text, "node_filesystem_avail_bytes", mount)
    return _used(free, _value(text, "node_filesystem_size_bytes", mount), limit)


def _used(free: Decimal | None, size: Decimal | None, limit: Decimal) -> Answer:
    if free is None or not size:
        return Answer(False, _("it does not say"))
    used = (100 - 100 * free / size).quantize(Decimal("0.1"))
    return Answer(used <= limit, _("{used} % used").format(used=used))


def _limit(words: list[str]) -> Decimal:
    try:
        limit = Decimal(words[-1])
    except (InvalidOperation, IndexError):
        limit = Decimal("NaN")
    if not limit.is_finite() or not 0 <= limit <= 100_000:
        message = _("Say what is measured and its limit: disk / 90, memory 90 or load 4.")
        raise TargetRefused(message, field="expect")
    return limit


def _value(text: str, name: str, mount: str = "") -> Decimal | None:
    from prometheus_client.parser import text_string_to_metric_families  # for those who watch

    # Only the lines that matter are parsed: an exporter tells thousands of others.
    lines = "".join(f"{line}\n" for line in text.split("\n") if line.startswith(name))
    for family in text_string_to_metric_families(lines):
        for sample in family.samples:
            if sample.name == name and mount in ("", sample.labels.get("mountpoint", "")):
                value = Decimal(str(sample.value))
                return value if value.is_finite() else None
    return None
