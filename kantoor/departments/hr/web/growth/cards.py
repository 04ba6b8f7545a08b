"""What growth says on Today: new candidates, certificates that expire, and training that misses."""

from django.utils.translation import ngettext

from kantoor.departments.hr.queries.growth.certificates import certificates_expiring
from kantoor.departments.hr.queries.growth.recruiting import candidates
from kantoor.departments.hr.queries.growth.training import training_gaps_count
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.pages.today import Card, today_card
from kantoor.kernel.ui.formats import number
from kantoor.kernel.ui.today_page import Waiting


@today_card("hr", permission="hr.manage_growth", order=36)
def growth_card(actor: Actor) -> Card:
    """New candidates, and certificates that expired or soon will."""
    if not actor.may("hr.read_growth"):
        return Card()
    waiting = []
    if count := candidates(actor, stage="new", limit=1).count or 0:
        words = ngettext("%(n)s new candidate", "%(n)s new candidates", count)
        waiting.append(Waiting(words % {"n": number(count)}, "/hr/candidates?stage=new", ""))
    if count := certificates_expiring(actor):
        words = ngettext("%(n)s certificate expires", "%(n)s certificates expire", count)
        waiting.append(Waiting(words % {"n": number(count)}, "/hr/certificates?soon=1", ""))
    if count := training_gaps_count(actor):
        words = ngettext("%(n)s training is missing", "%(n)s trainings are missing", count)
        waiting.append(Waiting(words % {"n": number(count)}, "/hr/training-gaps", ""))
    return Card(waiting=waiting)
