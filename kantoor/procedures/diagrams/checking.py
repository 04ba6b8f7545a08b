"""What of a diagram can't run: every rule over every element, in the order of the file."""

from kantoor.procedures.diagrams.elements import Diagram, Fault
from kantoor.procedures.diagrams.known import Known
from kantoor.procedures.diagrams.rules import (
    doing,
    events,
    flows,
    kinds,
    people,
    structure,
    values,
)
from kantoor.procedures.diagrams.rules.looking import Look, Rule

RULES: tuple[Rule, ...] = (
    structure.whole, structure.identifiers, structure.starts, structure.ways, structure.ends,
    kinds.kinds, kinds.attributes,
    flows.flows, flows.gateways, flows.rounds,
    events.triggers, events.messages, events.listening, events.timers, events.compensation, events.errors,
    people.people, people.fields,
    doing.actions, doing.queries, doing.calls,
    values.values,
)  # fmt: skip


def faults_of(diagram: Diagram, known: Known) -> list[Fault]:
    """Why a diagram can't run, in the reader's language; empty, or warnings alone, when it can.

    `known` answers what the house has. A fault has a stable code (docs/procedures.md), the element
    or flow, and the line in the file.
    """
    look = Look(diagram, known)
    found = [fault for rule in RULES for fault in rule(look)]
    return sorted(found, key=lambda fault: (fault.line, fault.element))


def can_run(faults: list[Fault]) -> bool:
    """Whether nothing but warnings was found."""
    return all(fault.level == "warning" for fault in faults)
