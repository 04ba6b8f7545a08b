"""Messages of the front office come in by the same door as its documents."""

import json
from pathlib import Path

import pytest

from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import InvalidInput
from kantoor.kernel.intake.files import intake_file
from kantoor.kernel.intake.result import IntakeResult
from kantoor.procedures.errors import NotOpen
from kantoor.procedures.intake.messages import Message, receive_messages
from kantoor.procedures.models import HeardEvent, Instance
from kantoor.procedures.queries.instances import instance
from kantoor.procedures.tests.conftest import Office
from kantoor.procedures.tests.drawn import drawn, more
from kantoor.procedures.web.instances.page import show

DELIVERED = '<message id="m" name="front.parcel-delivered"/>'
BODY = (
    '<startEvent id="s">'
    + more('<k:output name="order" value="event.order"/>')
    + '<messageEventDefinition messageRef="m"/></startEvent>'
    '<receiveTask id="again" messageRef="m" k:match="order" k:with="order">'
    + more('<k:output name="weight" value="event.weight"/>')
    + '</receiveTask><endEvent id="e"/>'
)


def told(actor: Actor, folder: Path, *orders: str, name: str = "parcel-delivered") -> IntakeResult:
    """Hand in messages about these orders, as CloudEvents."""
    file = folder / f"{name}-{'-'.join(orders)}.ndjson"
    events = [
        {
            "specversion": "1.0",
            "id": f"{file.name}-{n}",
            "source": "depot",
            "type": "kantoor.procedures.message",
            "data": {"name": name, "values": {"order": order, "weight": 1.5}},
        }
        for n, order in enumerate(orders)
    ]
    file.write_text("\n".join(json.dumps(each) for each in events))
    return intake_file(actor, path=file, source="depot")


def test_a_message_begins_a_procedure_and_another_lets_it_go_on(
    office: Office, tmp_path: Path
) -> None:
    office.import_as(drawn("parcel", BODY, "s > again > e", outside=DELIVERED))
    assert told(office.anne, tmp_path, "A-1").accepted == 1
    office.let_pass()
    first = Instance.objects.get()
    assert '"order":"A-1"' in first.known
    assert told(office.anne, tmp_path, "B-2", "A-1").accepted == 2
    office.let_pass()
    first.refresh_from_db()
    assert first.state == "ended"
    assert '"weight":{"$decimal":"1.5"}' in first.known
    assert told(office.anne, tmp_path, "B-2", "A-1").duplicates == 2


def test_a_message_that_nothing_waits_for_is_refused(office: Office, tmp_path: Path) -> None:
    answer = told(office.anne, tmp_path, "A-1", name="moon-landed")
    assert (answer.accepted, answer.rejected) == (0, 1)
    assert answer.reasons[0].code == "procedures.not_open"
    assert "“moon-landed”" in answer.reasons[0].message
    assert not HeardEvent.objects.exists()


def test_messages_are_kept_all_or_none(office: Office) -> None:
    office.import_as(drawn("parcel", BODY, "s > again > e", outside=DELIVERED))
    waited, other = Message(name="parcel-delivered"), Message(name="moon-landed")
    with pytest.raises(NotOpen):
        receive_messages(office.anne, messages=[waited, other])
    assert not HeardEvent.objects.exists()
    assert len(receive_messages(office.anne, messages=[waited, waited])) == 2
    with pytest.raises(InvalidInput):
        receive_messages(office.anne, messages=[Message(name="Parcel delivered")])


def test_an_instance_says_because_of_what_it_began_as_the_drawing_does(
    office: Office, tmp_path: Path
) -> None:
    body = BODY.replace('id="s"', 'id="s" name="Parcel has come" k:nameNl="Pakje is er"')
    office.import_as(drawn("parcel", body, "s > again > e", outside=DELIVERED))
    told(office.anne, tmp_path, "A-1")
    office.let_pass()
    shown = instance(office.anne, number=Instance.objects.get().number)
    facts = {fact.label: fact.value for fact in show(office.anne, shown).facts}
    said = facts["Because of"]
    assert getattr(said, "label", said) == "Pakje is er"
