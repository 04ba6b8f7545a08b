"""The reference diagrams of the BPMN Model Interchange Working Group: what of each can't run.

A house that knows none of their messages, actions and roles. The lists were read beside the
drawings; what is not in them runs.
"""

import pytest

from kantoor.kernel.tests.shared import shared_file
from kantoor.procedures.diagrams.checking import can_run, faults_of
from kantoor.procedures.diagrams.elements import Diagram
from kantoor.procedures.diagrams.known import KnownCall
from kantoor.procedures.diagrams.reading import read_diagram
from kantoor.procedures.engine.compiling import ready
from kantoor.procedures.engine.plain_xml import by_hand
from kantoor.procedures.engine.running import Run


class EmptyHouse:
    """A house in which nothing has a name."""

    def action(self, name: str) -> KnownCall | None:
        return None

    def query(self, name: str) -> KnownCall | None:
        return None

    def event(self, name: str) -> frozenset[str] | None:
        return None

    def role(self, name: str) -> bool:
        return False

    def team(self, name: str) -> bool:
        return False

    def procedure(self, key: str) -> bool:
        return False

    def may(self, permission: str) -> bool:
        return False


CANNOT_RUN = {
    "A.1.0.bpmn": """
    """,
    "A.2.1.bpmn": """
        expression.unknown_name _To9Z7TOCEeSknpIVFCxNIQ
        condition.missing _To9Z-TOCEeSknpIVFCxNIQ
        condition.missing _To9Z_DOCEeSknpIVFCxNIQ
    """,
    "A.4.0.bpmn": """
    """,
    "B.1.0.bpmn": """
        event.not_running _2ee553a1-cb03-41e3-b285-345c826fc88d
        call.unknown _fa3a8e53-5be0-4f0b-8680-d2498e255209
        call.unknown _ba16239e-181e-4b9f-bc5b-0bb2ee973450
        message.missing _a38484e2-7bdb-48b1-b62e-139d51d6a147
        call.unknown _1237e756-d53c-4591-a731-dafffbf0b3f9
        start.missing _1eb62392-1f21-4a63-bbcb-c78880c3165e
        action.missing _fea1c5af-6c76-403f-809e-26d476d92741
        condition.missing _6ee42e88-3d90-4259-83c0-9abd4574a15a
        condition.missing _6a248585-952e-40ff-82ec-b6d8f410b73a
        condition.missing _9d489bd9-9435-4692-bc98-4cdda4a61569
        condition.missing _eeb6812d-d182-489f-aea2-493ab8732cfd
    """,
    "C.1.0.bpmn": """
        message.unknown StartEvent_1
        action.missing archiveInvoice
        expression.unknown_name invoiceApproved
        expression.wrong invoiceNotApproved
        expression.unknown_name reviewSuccessful
        expression.unknown_name reviewNotSuccessful
    """,
    "C.2.0.bpmn": """
        condition.missing _63cf98c9-d0b1-4595-a4f2-9589439b311c
        condition.missing _ad0872cc-e2a9-4c44-98c6-c64e0638f37e
        condition.missing _bfa5c7b2-f5d2-4487-a307-b2ea662bd059
        condition.missing _50edb87c-9e46-48b1-a311-ef00e6e431e8
        event.not_running _f35ee29d-018c-47e2-afeb-eebc2e25925e
        condition.missing __a12a7547-373d-47ec-890d-af5c177203ee
        condition.missing __ffc1486a-8a32-490a-8835-d14cc5ab0a97
    """,
    "C.4.0.bpmn": """
        event.not_running _855451b0-5298-48b2-a81d-84ecbcca0a85
        message.missing _fe77c2f2-278f-4752-9d03-aa0c8a12af1e
        message.missing _db9147a9-7fbc-4657-a506-15e777f2cfd9
        message.missing _74e2cc7b-99ca-426b-ad53-ad70a56506aa
        condition.missing _237c8380-5449-446e-a323-aad80181176d
        condition.missing _7e9d8b8b-faa9-4264-858b-7454702c4ec2
    """,
    "C.6.0.bpmn": """
        message.missing _15fef309-6718-4352-9b71-f757bcd8c023
        message.missing _e5c69e92-6f98-47c8-bc22-b75d38620f95
        timer.missing _87baeef0-f32e-4a93-b802-fdd588aaf729
        action.missing _e839800f-ad4f-4bcc-aaf2-d38fe4a32bcd
        message.missing _44e3f1fa-42cd-40b7-9980-a51ac49d5fa3
        subprocess.by_event _e880bf53-84ca-4776-aa75-d1bf53172240
        action.missing _3a2f133c-3ae1-4e21-94b5-6e8cf51acd74
        action.missing _b595ec43-0769-4864-8f2e-403c405c8217
        action.missing _ea5cc55d-bfce-49c6-8a1a-a8a41a85da12
        action.missing _0198160d-b56c-4919-9920-db5f32d16b3f
        action.missing _22612d45-65ca-4a74-a6eb-53af7ebcb5ff
        action.missing _c8fa5253-dde9-471e-b933-58b00e8f374c
        action.missing _614d6469-2bb8-4ad6-a20a-db5db6321c6b
        action.missing _9cc2ac34-f12c-49e0-b37c-144e5a84fd92
        action.missing _8afc49f0-42c2-4da9-8e79-e08dbe349776
        action.missing _de7e721e-a073-4857-b8c3-c6ae886dbb46
        action.missing _2d6586cf-81fc-4e2a-83ec-6cfff5b34bb0
        boundary.not_here _32c4138c-74ae-484a-a7e5-0609370d7080
        timer.missing _32c4138c-74ae-484a-a7e5-0609370d7080
    """,
    "C.8.0.bpmn": """
        action.missing _a97c1a48-faba-447b-bfa6-7aa81a6fe0a0
        action.missing _5e16a4e0-0f23-482a-be47-d3edbc5741ba
        action.missing _02232e32-c3d2-473c-a15d-9c5dca00eadc
        action.missing _4b72053b-8ebb-4ae6-99c6-7c93cf1c1d1b
        action.missing _9ed61a6a-7cc1-4ed1-86d8-03482b0983c9
        query.missing _1a818a94-ba6f-413b-a7e8-6f8fd2a11e32
        action.missing _93ec9873-edf1-4549-b052-961994ec8234
        action.missing _2b960d84-feb1-46a9-a1a1-c300dd996b99
        expression.wrong _f2b0da63-d841-4457-ad85-7d86c8b5c1d2
        expression.wrong _325973e7-0bc8-4136-b6df-be1e681d8608
        expression.wrong _0a1c4f20-509f-4aeb-baf9-acc762f4fdf9
    """,
    "C.9.0.bpmn": """
        expression.wrong SequenceFlow_Red
        expression.unknown_name SequenceFlow_ApplicationAccepted
        expression.unknown_name SequenceFlow_ApplicationDeclined
        expression.wrong SequenceFlow_Yellow
        subprocess.by_event Activity_1ke2ixr
        subprocess.by_event Activity_0vp33kx
        message.unknown StartMessageEvent_CancellationRequested
        action.missing ServiceTask_CancelApplication
        call.unknown Activity_ManualCheck
        action.missing SendTask_SendPolicy
        action.missing ServiceTask_DeliverPolicy
        action.missing ServiceTask_RejectPolicy
        action.missing SendTask_SendRejection
        action.missing SendTask_ReportFraud
        query.missing BusinessRuleTask_CheckApplicationAutomatically
        action.missing ServiceTask_GetCreditScore
    """,
    "C.9.2.bpmn": """
        subprocess.by_event Activity_0uvp3cb
        message.unknown StartMessageEvent_DocumentRequested
        repeated.no_list CallActivity_RequestDocument
        call.unknown CallActivity_RequestDocument
        subprocess.by_event Activity_1esx1s7
        action.missing SendTask_NotifyCustomerDelay
        subprocess.by_event Activity_02a6b2h
        message.unknown StartMessageEvent_FraudSuspected
        expression.unknown_name SequenceFlow_Yes
    """,
}
"""Of each file, the rule and the element of every fault, in the order of the file."""
RUN = {name for name, faults in CANNOT_RUN.items() if not faults.strip()}


def reference(name: str) -> Diagram:
    return read_diagram(shared_file("bpmn", name).read_bytes())


@pytest.mark.parametrize("name", sorted(CANNOT_RUN))
def test_a_reference_diagram_is_read_with_an_exact_list_of_what_can_not_run(name: str) -> None:
    found = faults_of(reference(name), EmptyHouse())
    told = [f"{each.rule} {each.element}" for each in found if each.level == "fault"]
    assert told == [line.strip() for line in CANNOT_RUN[name].strip().splitlines()]
    assert can_run(found) == (name in RUN)


def test_no_reference_diagram_is_left_out() -> None:
    folder = shared_file("bpmn", "A.1.0.bpmn").parent
    assert {file.name for file in folder.glob("*.bpmn")} == set(CANNOT_RUN)


@pytest.mark.parametrize("name", sorted(RUN))
def test_a_reference_diagram_that_can_run_is_run_to_its_end(name: str) -> None:
    diagram = reference(name)
    run = Run.begun(ready(diagram, by_hand(diagram)), {}, lambda _element, _scope: None)
    run.settle()
    done = set()
    while not run.ended:
        place = run.places()[0]
        assert place.kind == "work"
        done.add(place.element.id)
        run.work_done(place.token, None)
        run.settle()
    assert done == {each.id for each in diagram.elements.values() if each.tag == "task"}
    assert done
