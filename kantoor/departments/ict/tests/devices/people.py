"""Persons who get devices in tests."""

from kantoor.kernel.actions.runner import action
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.parties.rows import write_parties, write_roles


class _Person:
    kind, email, phone, street, postcode, city = "person", "", "", "", "", ""
    country, vat_number, registration, language = "NL", "", "", "nl"

    def __init__(self, code: str, name: str) -> None:
        self.code, self.name = code, name


@action(permission="tests.write", title="Write people for a test", hidden=True)
def write_people_for_test(actor: Actor, /, *, people: dict[str, str]) -> None:
    """Employees by code and name."""
    keys = write_parties(actor.company_id, [_Person(code, name) for code, name in people.items()])
    write_roles("employee", list(keys.values()))


def employees(actor: Actor) -> None:
    """Noor (E1) and Sem (E2), who work here."""
    write_people_for_test(actor, people={"E1": "Noor de Vries", "E2": "Sem Jansen"})
