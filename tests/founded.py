"""A company with its books and its people, for tests that begin with one."""

from dataclasses import dataclass, field

from kantoor.kernel.actors.actor import Actor, actor_for, console_actor, installation_actor
from kantoor.kernel.actors.models import Company, User
from kantoor.kernel.actors.users import add_user
from kantoor.shell.founding import found_company
from tests.remembered import remembered

PASSWORD = "eleven grey herons"


@dataclass
class House:
    """A founded company; `administrator` is the first, who may do everything."""

    company: Company
    administrator: Actor
    password: str
    people: dict[str, Actor] = field(default_factory=dict)

    def person(self, sign_in: str, *roles: str, password: str = PASSWORD) -> Actor:
        """A person with these roles here, who may sign in with the password."""
        add_user(
            console_actor(self.company),
            sign_in=sign_in,
            name=sign_in.title(),
            roles=roles,
            password=password,
            password_is_temporary=False,
        )
        self.people[sign_in] = self.again(sign_in)
        return self.people[sign_in]

    def machine(self, sign_in: str, *roles: str) -> Actor:
        """A machine with these roles here."""
        add_user(
            console_actor(self.company), sign_in=sign_in, name=sign_in, kind="machine", roles=roles
        )
        return self.again(sign_in)

    def again(self, sign_in: str) -> Actor:
        """The actor that somebody is now, after roles were given or taken."""
        return actor_for(User.objects.get(sign_in=sign_in), self.company)


def found(name: str = "Bakker BV", country: str = "NL", currency: str = "EUR") -> House:
    """Found a company; with the first come the standard roles and the administrator."""
    return remembered(
        ("house", name, country, currency), lambda: found_anew(name, country, currency)
    )


def found_anew(name: str = "Bakker BV", country: str = "NL", currency: str = "EUR") -> House:
    """The same, by its actions in any case."""
    founded = found_company(installation_actor(), name=name, country=country, currency=currency)
    company = Company.objects.get(name=name)
    administrator = actor_for(User.objects.get(sign_in=founded.user), company)
    return House(company, administrator, founded.password)
