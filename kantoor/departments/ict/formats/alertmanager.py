"""The webhook of Prometheus Alertmanager, version 4: what it sends for a group of alerts.

https://prometheus.io/docs/alerting/latest/configuration/#webhook_config
"""

from datetime import UTC, datetime

import msgspec
from django.utils.translation import gettext_lazy as _

from kantoor.kernel.errors import InvalidInput

LARGEST = 8 * 1024 * 1024
MOST_ALERTS = 10_000
MOST_LABELS = 200
VERSION = "4"


class SentAlert(msgspec.Struct, frozen=True, rename="camel"):
    """An alert as it was sent; `ends_at` is of the year 1 while it fires."""

    status: str
    starts_at: str
    fingerprint: str
    labels: dict[str, str] = {}
    annotations: dict[str, str] = {}
    ends_at: str = ""
    generator_url: str = msgspec.field(name="generatorURL", default="")


class Sent(msgspec.Struct, frozen=True, rename="camel"):
    """The whole body."""

    version: str
    alerts: list[SentAlert]
    group_key: str = ""
    receiver: str = ""
    truncated_alerts: int = 0


class Reported(msgspec.Struct, frozen=True):
    """An alert as we take it: cut to what columns hold, with real moments."""

    fingerprint: str
    starts_at: datetime
    ends_at: datetime | None
    firing: bool
    name: str
    severity: str
    summary: str
    labels: dict[str, str]
    annotations: dict[str, str]
    link: str


def alerts_in(content: bytes) -> list[Reported]:
    """The alerts of a body, the last of those that stand in it twice.

    Raises InvalidInput for a body that is no report of Alertmanager.
    """
    if len(content) > LARGEST:
        raise InvalidInput(_("This report is too large."))
    try:
        sent = _decoder.decode(content)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        message = _("This is no report of Alertmanager (a webhook, version 4).")
        raise InvalidInput(message) from None
    if sent.version != VERSION:
        raise InvalidInput(_("Only version 4 of Alertmanager's webhook is known."), field="version")
    if len(sent.alerts) > MOST_ALERTS:
        too_many = _("A report has at most {most} alerts; set max_alerts.")
        raise InvalidInput(too_many.format(most=MOST_ALERTS), field="alerts")
    found = (_reported(each, place) for place, each in enumerate(sent.alerts, 1))
    return list({(each.fingerprint, each.starts_at): each for each in found}.values())


def _reported(sent: SentAlert, place: int) -> Reported:
    if sent.status not in ("firing", "resolved"):
        raise InvalidInput(_("An alert is firing or resolved."), field="status", line=place)
    if not 1 <= len(sent.fingerprint) <= 64 or not sent.fingerprint.isalnum():
        message = _("A fingerprint has up to 64 letters and digits.")
        raise InvalidInput(message, field="fingerprint", line=place)
    if len(sent.labels) > MOST_LABELS or len(sent.annotations) > MOST_LABELS:
        too_many = _("An alert has at most {most} labels.")
        raise InvalidInput(too_many.format(most=MOST_LABELS), field="labels", line=place)
    labels, notes = _clean(sent.labels), _clean(sent.annotations)
    name = labels.get("alertname") or _("Alert")
    firing = sent.status == "firing"
    return Reported(
        fingerprint=sent.fingerprint,
        starts_at=_moment(sent.starts_at, "startsAt", place),
        ends_at=None if firing else _moment(sent.ends_at, "endsAt", place),
        firing=firing,
        name=str(name)[:200],
        severity=labels.get("severity", "")[:40],
        summary=(notes.get("summary") or notes.get("description") or notes.get("message") or "")[
            :500
        ],
        labels=labels,
        annotations=notes,
        link=sent.generator_url.replace("\0", "")[:500],
    )


def _clean(pairs: dict[str, str]) -> dict[str, str]:
    """Without what no column holds: NUL."""
    return {name.replace("\0", ""): value.replace("\0", "") for name, value in pairs.items()}


def _moment(text: str, field: str, place: int) -> datetime:
    """A moment of RFC 3339; Go writes up to nine digits of a second, of which six are kept."""
    head, dot, rest = text.partition(".")
    digits = rest[: len(rest) - len(rest.lstrip("0123456789"))]
    try:
        moment = datetime.fromisoformat(head + dot + digits[:6] + rest[len(digits) :])
    except ValueError:
        moment = datetime.min  # noqa: DTZ901 - has no zone, which is refused below
    if moment.tzinfo is None or not 1970 <= moment.year <= 2999:
        message = _("Give the moment in the form of RFC 3339.")
        raise InvalidInput(message, field=field, line=place)
    return moment.astimezone(UTC)


_decoder = msgspec.json.Decoder(Sent)
