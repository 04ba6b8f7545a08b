"""`kantoor demo`: a demonstration company on real input, ready to look at."""

from argparse import ArgumentParser, Namespace

from kantoor.kernel.console.answers import Answers
from kantoor.kernel.console.command import Command
from kantoor.kernel.console.words import _, language, said


def arguments(parser: ArgumentParser) -> None:
    """Whether the whole of it is waited for."""
    words = said(_("make enough to begin with; the rest comes in while it is served"))
    parser.add_argument("--begin", action="store_true", help=words)


def run(answers: Answers, options: Namespace) -> None:
    """Make it in an empty data folder."""
    from kantoor.shell.database import migrate
    from kantoor.shell.demo.making import Made, make_demo
    from kantoor.shell.house import prepare_data_folder

    prepare_data_folder()
    migrate()
    with answers.progress(said(_("Taking in sales"))) as told:
        made = make_demo(language(), told, begin=options.begin)

    def text(made: Made) -> None:
        words = _(
            "{company} is ready: {accepted} sales lines, {payments} payments ({seconds:.0f} s)."
        )
        print(said(words).format(company=made.company, accepted=made.accepted,
                                 payments=made.payments, seconds=made.seconds))  # fmt: skip
        if made.goes_on:
            print(said(_("The other months of sales come in while it is served.")))
        heads = [said(_("user")), said(_("password")), said(_("role"))]
        answers.table(heads, [list(each.values()) for each in made.sign_in])
        print(said(_("Start it with: kantoor run")))

    answers.give(made, lambda: text(made))


COMMANDS = (
    Command("demo", _("Make a demonstration company"), run, arguments, needs_company=False),
)
