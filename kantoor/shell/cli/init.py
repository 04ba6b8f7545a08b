"""`kantoor init`: the data folder, the keys, the database, a company and its administrator."""

from argparse import ArgumentParser, Namespace

from kantoor.kernel.console.answers import Answers
from kantoor.kernel.console.command import Command
from kantoor.kernel.console.words import _, language, said


def arguments(parser: ArgumentParser) -> None:
    """What a company needs to begin."""
    parser.add_argument(
        "--company", metavar="NAME", required=True, help=said(_("name of the company"))
    )
    parser.add_argument(
        "--country", metavar="CC", required=True, help=said(_("country, such as NL"))
    )
    parser.add_argument(
        "--currency", metavar="CUR", required=True, help=said(_("currency, such as EUR"))
    )
    parser.add_argument(
        "--chart", metavar="NAME", default="", help=said(_("chart of accounts; else the country's"))
    )


def run(answers: Answers, options: Namespace) -> None:
    """Begin an installation, or add a company to one. Killed halfway, run it again."""
    from kantoor.kernel.actors.actor import installation_actor
    from kantoor.shell.database import migrate
    from kantoor.shell.founding import found_company
    from kantoor.shell.house import prepare_data_folder

    prepare_data_folder()
    migrate()
    founded = found_company(
        installation_actor(),
        name=options.company,
        country=options.country,
        currency=options.currency,
        chart=options.chart,
        language=language() if language() != "en" else "",
    )
    sign_in = {"user": founded.user, "password": founded.password or None}
    answers.give(
        {"company": founded.company, "sign_in": sign_in},
        lambda: _tell(founded.company, founded.user, founded.password),
    )


def _tell(company: str, user: str, password: str) -> None:
    print(said(_("{company} is ready.")).format(company=company))
    if password:
        print(said(_("Sign in as {user} with the password {password} (shown this once).")).format(
            user=user, password=password
        ))  # fmt: skip
    else:
        print(said(_("Sign in as before; {user} is an administrator.")).format(user=user))
    print(said(_("Start it with: kantoor run")))


COMMANDS = (
    Command(
        "init", _("Begin: data folder, company, chart, administrator"), run, arguments,
        needs_company=False,
    ),
)  # fmt: skip
