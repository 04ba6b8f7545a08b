"""Rows of requests between departments, duties and checklists, for tests that go through all tables."""

from kantoor.kernel.actors.actor import Actor
from kantoor.procedures.actions.asking import ask_service
from kantoor.procedures.actions.request_kinds import AskedField, KindDraft, keep_request_kind
from kantoor.procedures.actions.requests import do_request, remark_on_request, take_request


def requests(anne: Actor) -> None:
    """Two kinds of request, two requests with what was said, of which one is done."""
    field = AskedField(name="which", label="Which one", label_nl="Welke")
    for code in ("copy", "chair"):
        draft = KindDraft(code=code, name=code, role="administrator", days=2, clock="always")
        keep_request_kind(anne, draft=draft, fields=[field])
    for number in range(2):
        made = ask_service(anne, kind="copy", values={"which": f"F-{number}"}).request
        assert made is not None
        take_request(anne, request=made)
        remark_on_request(anne, request=made, text="Of which year?")
    do_request(anne, request=1, answer="Sent")
