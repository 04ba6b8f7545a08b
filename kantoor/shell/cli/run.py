"""`kantoor run`: pages, API, worker and schedule in one command."""

from argparse import ArgumentParser, Namespace

from kantoor.kernel.console.answers import Answers
from kantoor.kernel.console.command import Command
from kantoor.kernel.console.words import _, said


def arguments(parser: ArgumentParser) -> None:
    """Where to listen, with how many processes."""
    parser.add_argument("--host", default="127.0.0.1", help=said(_("address to listen on")))
    parser.add_argument("--port", type=_port, default=8000, help=said(_("port to listen on")))
    parser.add_argument(
        "--workers", type=_count, default=1, help=said(_("processes that answer requests"))
    )


def run(answers: Answers, options: Namespace) -> int | None:
    """Serve until told to stop; then let jobs end and sign the record's head."""
    from kantoor.kernel.errors import Conflict
    from kantoor.kernel.record.signing import sign_head
    from kantoor.shell.house import prepare_data_folder
    from kantoor.shell.logs import configure
    from kantoor.shell.server import is_free, serve
    from kantoor.shell.static_files import prepare_static_files
    from kantoor.shell.welcome import admit, welcome

    prepare_data_folder()
    if not is_free(options.host, options.port):
        words = said(_("Port {port} is taken or not allowed; choose another with --port."))
        raise Conflict(words.format(port=options.port), field="--port")
    configure()
    admit(options.host)
    prepare_static_files()
    lines = welcome(options.host, options.port)
    serve(options.host, options.port, options.workers, lambda: print(lines, flush=True))
    sign_head()
    return None


def _port(text: str) -> int:
    port = int(text)
    if not 0 < port < 65536:
        raise ValueError(text)
    return port


def _count(text: str) -> int:
    count = int(text)
    if not 0 < count <= 64:
        raise ValueError(text)
    return count


COMMANDS = (Command("run", _("Serve pages and API, and work on jobs"), run, arguments),)
