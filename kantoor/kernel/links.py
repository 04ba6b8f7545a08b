"""Where the kernel's own rows come from: events from their raw content, that from its file."""

from collections.abc import Iterable

from kantoor.kernel.intake.models import ACCEPTED, IntakeEvent, IntakeRaw
from kantoor.kernel.record.links import origin_of, origin_of_events


@origin_of_events
def kept_events(company_id: int, event: str) -> Iterable[str]:
    """The row of an event that was taken in; a source may have slashes in it, so may an id."""
    parts = event.split("/")
    for place in range(1, len(parts)):
        source, event_id = "/".join(parts[:place]), "/".join(parts[place:])
        found = IntakeEvent.objects.filter(
            company_id=company_id, source=source, event_id=event_id, state=ACCEPTED
        )
        if (key := found.values_list("pk", flat=True).first()) is not None:
            return [f"kernel.intake_event/{key}"]
    return []


@origin_of("kernel.intake_event")
def origin_of_event(company_id: int, key: int) -> Iterable[str]:
    """The raw content that the event stands in, and the refused event that it replays."""
    found = IntakeEvent.objects.filter(company_id=company_id, pk=key)
    for raw, replays in found.values_list("raw_id", "replays_id"):
        yield f"kernel.intake_raw/{raw}"
        if replays is not None:
            yield f"kernel.intake_event/{replays}"


@origin_of("kernel.intake_raw")
def origin_of_raw(company_id: int, key: int) -> Iterable[str]:
    """The file that the raw content was read from."""
    found = IntakeRaw.objects.filter(company_id=company_id, pk=key)
    for file in found.values_list("file_id", flat=True):
        if file is not None:
            yield f"kernel.intake_file/{file}"
