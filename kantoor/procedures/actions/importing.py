"""Bringing in diagrams, publishing a version of one, and taking a procedure out of use."""

import re
import secrets
import zlib
from collections.abc import Sequence

import msgspec
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.kernel.actions.runner import action
from kantoor.kernel.actions.unit import concerns
from kantoor.kernel.actors.actor import Actor, actor_for
from kantoor.kernel.actors.models import Company, User
from kantoor.kernel.errors import Conflict, InvalidInput, NotAllowed
from kantoor.kernel.queries import scoped
from kantoor.kernel.record.erasure import new_subjects
from kantoor.procedures.department import MANAGE
from kantoor.procedures.diagrams.checking import can_run, faults_of
from kantoor.procedures.diagrams.elements import Diagram, Fault
from kantoor.procedures.diagrams.opening import bytes_of
from kantoor.procedures.diagrams.reading import read_diagram
from kantoor.procedures.engine.compiling import CannotRun, ready
from kantoor.procedures.engine.plain_xml import starts_of
from kantoor.procedures.errors import NotADiagram, NotRunnable, UnknownProcedure
from kantoor.procedures.models import Drawing, Procedure, StartTrigger, Version
from kantoor.procedures.queries.drawings import called_by, diagrams_of
from kantoor.procedures.queries.known import House

MOST_BYTES = 1_000_000


class Imported(msgspec.Struct, frozen=True, kw_only=True):
    """A version that was kept: `known` says that this very diagram was there already.

    `faults` are what of it can't run; only a version without any is published.
    """

    procedure: str
    version: int
    known: bool
    faults: list[Fault]


@action(permission=MANAGE, title=_("Bring in a diagram"))
def import_procedure(
    actor: Actor, /, *, content: str, note: str = "", publish: bool = False
) -> Imported:
    """Keep a BPMN 2.0 diagram as a new version of the procedure that its process is.

    It is kept and drawn whatever of it can't run; that is listed by element. With `publish` new
    instances begin by it at once. Raises NotADiagram, NotRunnable.
    """
    return import_procedures(actor, contents=[content], note=note, publish=publish)[0]


@action(permission=MANAGE, title=_("Bring in diagrams"), bulk_of="procedures.import_procedure")
def import_procedures(
    actor: Actor, /, *, contents: Sequence[str], note: str = "", publish: bool = False
) -> list[Imported]:
    """Keep several diagrams, all or none."""
    imported = []
    for content in contents:
        raw = bytes_of(content)
        if len(raw) > MOST_BYTES:
            raise NotADiagram(_("A diagram is at most 1 MB."), field="content")
        diagram = read_diagram(raw)
        procedure = _procedure(actor, diagram)
        faults = checked(actor, procedure, diagram)
        version, known = _version(actor, procedure, raw, diagram, faults, note)
        if publish:
            _publish(procedure, version, diagram, faults)
        concerns(f"procedures.procedure/{procedure.pk}")
        imported.append(
            Imported(procedure=procedure.key, version=version.number, known=known, faults=faults)
        )
    return imported


@action(permission=MANAGE, title=_("Publish a version"))
def publish_version(actor: Actor, /, *, procedure: str, version: int) -> None:
    """Let new instances begin by a version; those that run go on by theirs.

    It is checked anew, since what a diagram names may have changed. Raises UnknownProcedure,
    NotRunnable with the first of what can't run.
    """
    found = procedure_named(actor, procedure)
    chosen = Version.objects.filter(procedure=found, number=version).select_related("drawing").first()  # fmt: skip
    if chosen is None:
        message = _("“{name}” has no version {number}.")
        raise UnknownProcedure(message.format(name=found.name, number=version), field="version")
    diagram = read_diagram(zlib.decompress(bytes(chosen.drawing.content)))
    faults = checked(actor, found, diagram)
    _publish(found, chosen, diagram, faults)
    concerns(f"procedures.procedure/{found.pk}")


@action(permission=MANAGE, title=_("Take a procedure out of use"))
def retire_procedure(actor: Actor, /, *, procedure: str) -> None:
    """Begin no more instances of a procedure; those that run go on. Publishing brings it back."""
    found = procedure_named(actor, procedure)
    if found.retired_at is not None:
        raise Conflict(_("It is out of use already."), field="procedure")
    found.retired_at = timezone.now()
    found.save()
    StartTrigger.objects.filter(procedure=found).delete()
    concerns(f"procedures.procedure/{found.pk}")


def procedure_named(actor: Actor, key: str) -> Procedure:
    """The procedure of that key, locked; raises UnknownProcedure."""
    known = scoped(actor, Procedure).select_for_update(of=("self",)).select_related("account")
    found = known.filter(key=key).first()
    if found is None:
        message = _("There is no procedure “{key}”.").format(key=key[:60])
        raise UnknownProcedure(message, field="procedure")
    return found


def checked(actor: Actor, procedure: Procedure | None, diagram: Diagram) -> list[Fault]:
    """What of a diagram can't run, for the machine account of the procedure."""
    machine = machine_of(actor, procedure.account) if procedure is not None else None
    faults = faults_of(diagram, House(actor, machine))
    if can_run(faults):
        # What the library itself refuses is found here, and not when the first instance begins.
        versions = called_by(actor, [diagram])
        diagrams = diagrams_of(versions.values())
        called = {key: diagrams[pk] for key, pk in versions.items()}
        for start in starts_of(diagram):
            try:
                ready(diagram, start.id, called)
            except CannotRun as refused:
                faults.append(
                    Fault(rule="engine.refuses", message=str(refused), element=refused.place.field)
                )
    return faults


def machine_of(actor: Actor, account: User) -> Actor | None:
    """The machine account as an actor; None as long as it has no role."""
    try:
        return actor_for(account, Company.objects.get(pk=actor.company_id))
    except NotAllowed:
        return None


def _procedure(actor: Actor, diagram: Diagram) -> Procedure:
    if not re.fullmatch(r"[a-z0-9][a-z0-9_-]{0,59}", diagram.key):
        message = _("The process needs an identifier of letters and digits, such as joiner.")
        raise InvalidInput(message, field="content")
    known = scoped(actor, Procedure).select_for_update(of=("self",)).select_related("account")
    found = known.filter(key=diagram.key).first()
    name = (diagram.name or diagram.key)[:200]
    if found is None:
        account = User.objects.create(
            sign_in=f"procedure-{diagram.key}@{actor.company_id}",
            name=name,
            kind="machine",
            language=actor.language,
            zone=actor.zone,
            subject_id=new_subjects(1)[0],
            session_salt=secrets.token_hex(8),
            created_at=timezone.now(),
        )
        found = Procedure.objects.create(
            company_id=actor.company_id, key=diagram.key, name=name,
            name_nl=diagram.name_nl[:200], account=account,
        )  # fmt: skip
    return found


def _version(
    actor: Actor, procedure: Procedure, raw: bytes, diagram: Diagram, faults: Sequence[Fault],
    note: str,
) -> tuple[Version, bool]:  # fmt: skip
    """The version that this drawing is: the one that is there, or a new one."""
    digest = diagram.digest.hex()
    drawing = Drawing.objects.filter(digest=digest).first()
    if drawing is None:
        drawing = Drawing.objects.create(digest=digest, content=zlib.compress(raw, 9))
    assert actor.user_id is not None
    known = Version.objects.filter(procedure=procedure, drawing=drawing).first()
    if known is not None:
        return known, True
    last = Version.objects.filter(procedure=procedure).order_by("-number").first()
    made = Version.objects.create(
        procedure=procedure,
        number=last.number + 1 if last else 1,
        drawing=drawing,
        faults=msgspec.json.encode([msgspec.to_builtins(each) for each in faults]).decode(),
        note=note[:300],
        made_by_id=actor.user_id,
        made_at=timezone.now(),
    )
    return made, False


def _publish(
    procedure: Procedure, version: Version, diagram: Diagram, faults: Sequence[Fault]
) -> None:
    if not can_run(list(faults)):
        first = next(each for each in faults if each.level != "warning")
        where = f"{first.element}: " if first.element else ""
        message = _("This version can't run: {where}{why}")
        raise NotRunnable(message.format(where=where, why=first.message), field="version")
    if version.published_at is None:
        version.published_at = timezone.now()
        version.save()
    procedure.published = version
    procedure.name = (diagram.name or diagram.key)[:200]
    procedure.name_nl = diagram.name_nl[:200]
    procedure.start_role = diagram.start_role[:50]
    procedure.retired_at = None
    procedure.save()
    StartTrigger.objects.filter(procedure=procedure).delete()
    StartTrigger.objects.bulk_create(
        StartTrigger(
            company_id=procedure.company_id, procedure=procedure, event=each.message, start=each.id
        )
        for each in starts_of(diagram)
        if each.trigger == "message"
    )
