"""What of a diagram can't run as things are now, in the reader's language."""

from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.queries import scoped
from kantoor.procedures.actions.importing import checked
from kantoor.procedures.diagrams.elements import Diagram, Fault
from kantoor.procedures.models import Procedure


def faults_now(actor: Actor, diagram: Diagram) -> list[Fault]:
    """The faults of a diagram for the account of its procedure, if the company has that already."""
    known = scoped(actor, Procedure).filter(key=diagram.key).select_related("account").first()
    return checked(actor, known, diagram)
