"""The journeys that come with Kantoor: procedures that cross departments, ready to be used."""

import tomllib
from functools import cache
from pathlib import Path

import msgspec
from django.utils.translation import gettext_lazy as _

from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.queries import query, scoped
from kantoor.procedures.department import READ
from kantoor.procedures.diagrams.reading import read_diagram
from kantoor.procedures.models import Procedure
from kantoor.procedures.queries.words import said

FOLDER = Path(__file__).resolve().parent.parent / "journeys"


class Journey(msgspec.Struct, frozen=True, kw_only=True):
    """A journey as it comes: its drawing, and what its machine account has to be allowed."""

    key: str
    name: str
    name_nl: str
    content: str
    permissions: list[str]


class JourneyRow(msgspec.Struct, frozen=True, kw_only=True):
    """A journey as listed; `used` says that the company has it, published."""

    key: str
    name: str
    used: bool
    permissions: list[str]


@cache
def journeys_there_are() -> dict[str, Journey]:
    """Every journey that comes with Kantoor, by its key."""
    found = {}
    for file in sorted(FOLDER.glob("*.bpmn")):
        raw = file.read_bytes()
        diagram = read_diagram(raw)
        beside = file.with_suffix(".toml")
        asked = tomllib.loads(beside.read_text()) if beside.exists() else {}
        found[diagram.key] = Journey(
            key=diagram.key,
            name=diagram.name,
            name_nl=diagram.name_nl,
            content=raw.decode(),
            permissions=sorted(asked.get("permissions", [])),
        )
    return found


@query(permission=READ, title=_("Journeys that come ready"), exposed=True)
def journeys(actor: Actor, /) -> list[JourneyRow]:
    """The journeys that come with Kantoor, and which of them the company uses."""
    used = set(
        scoped(actor, Procedure)
        .filter(published__isnull=False, retired_at=None)
        .values_list("key", flat=True)
    )
    return [
        JourneyRow(
            key=each.key,
            name=said(actor, each.name, each.name_nl),
            used=each.key in used,
            permissions=each.permissions,
        )
        for each in journeys_there_are().values()
    ]
