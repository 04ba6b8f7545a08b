"""What is known of the house when a diagram is checked: its actions, queries, events and people."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

FRONT = "front."
"""How messages begin that the front office hands in (intake/messages.py)."""


PROCEDURES = "procedures."
STARTING = frozenset({f"{PROCEDURES}start_procedure", f"{PROCEDURES}start_procedures"})
"""The only actions of procedures that one may perform: others would move it while it moves."""


class AnyField(frozenset[str]):
    """The fields of a message of the front office: whatever it says."""

    def __contains__(self, name: object) -> bool:
        return True


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownParameter:
    """A parameter of an action or query; `parts` are the fields of one that is a record.

    Of a record that is required and given by its parts, the parts that are required are asked.
    """

    name: str
    required: bool = False
    parts: Mapping[str, "KnownParameter"] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownCall:
    """An action or a query; `hidden` are those nobody calls by name, `secret` answers are never kept."""

    name: str
    permission: str
    title: str = ""
    parameters: Mapping[str, KnownParameter] = field(default_factory=dict)
    hidden: bool = False
    secret: bool = False


class Known(Protocol):
    """Answers what a diagram may name; each is of one company."""

    def action(self, name: str) -> KnownCall | None:
        """The action with a full name such as `finance.post_entry`."""

    def query(self, name: str) -> KnownCall | None:
        """The query with a full name."""

    def event(self, name: str) -> frozenset[str] | None:
        """The fields of an event such as `hr.contract_signed`; None when nobody tells it."""

    def role(self, name: str) -> bool:
        """Whether there is such a role."""

    def team(self, name: str) -> bool:
        """Whether there is such a team."""

    def procedure(self, key: str) -> bool:
        """Whether another procedure with this key is published."""

    def may(self, permission: str) -> bool:
        """Whether the machine account of the procedure has a permission."""
