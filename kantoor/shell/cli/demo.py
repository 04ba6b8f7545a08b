"""`kantoor demo`: a demonstration company on real input, ready to look at."""

from argparse import Namespace

from kantoor.kernel.console.answers import Answers
from kantoor.kernel.console.command import Command
from kantoor.kernel.console.words import _, language, said


def run(answers: Answers, options: Namespace) -> None:
    """Make it in an empty data folder."""
    from kantoor.shell.database import migrate
    from kantoor.shell.demo.making import Made, make_demo
    from kantoor.shell.house import prepare_data_folder

    prepare_data_folder()
    migrate()
    with answers.progress(said(_("Taking in sales"))) as told:
        made = make_demo(language(), told)

    def text(made: Made) -> None:
        words = _(
            "{company} is ready: {accepted} sales lines, {payments} payments ({seconds:.0f} s)."
        )
        print(said(words).format(company=made.company, accepted=made.accepted,
                                 payments=made.payments, seconds=made.seconds))  # fmt: skip
        heads = [said(_("user")), said(_("password")), said(_("role"))]
        answers.table(heads, [list(each.values()) for each in made.sign_in])
        print(said(_("Start it with: kantoor run")))

    answers.give(made, lambda: text(made))


COMMANDS = (Command("demo", _("Make a demonstration company"), run, needs_company=False),)
