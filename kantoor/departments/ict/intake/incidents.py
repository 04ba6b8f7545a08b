"""Documents of the type `ict.incident`: an incident of another desk's log, replayed as it went."""

from collections.abc import Sequence

from kantoor.departments.ict.actions.cases.replaying import replay_cases
from kantoor.departments.ict.intake.incident_rows import Reader
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.actors.models import Company
from kantoor.kernel.intake.incoming import Incoming, Outcome, takes
from kantoor.kernel.intake.problems import Problem
from kantoor.kernel.intake.rows import Layout

INCIDENT = "ict.incident"


@takes(INCIDENT)
def take_incidents(actor: Actor, documents: Sequence[Incoming]) -> list[Outcome]:
    """Replay the incidents that can be read, refuse the others."""
    zone = Company.objects.values_list("zone", flat=True).get(pk=actor.company_id)
    outcomes: list[Outcome] = []
    places, cases = [], []
    for place, document in enumerate(documents):
        reader = _reader(document.content.layout, zone)
        read = reader.read(document.content, document.source, document.event_id)
        if isinstance(read, Problem):
            outcomes.append(Outcome(problem=read))
        else:
            outcomes.append(Outcome())
            places.append(place)
            cases.append(read)
    keys = replay_cases(actor, cases=cases) if cases else []
    for place, key in zip(places, keys, strict=True):
        outcomes[place] = Outcome(f"ict.case/{key}")
    return outcomes


_latest: list[Reader] = []


def _reader(layout: Layout, zone: str) -> Reader:
    """The reader of a layout; the documents of a file share theirs."""
    for reader in _latest:
        if reader.layout is layout and reader.zone == zone:
            return reader
    _latest[:] = [Reader(layout, zone)]
    return _latest[0]
