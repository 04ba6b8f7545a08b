"""Finance at the console: post files, show reports, export the ledger."""

from kantoor.departments.finance.cli.export import COMMANDS as EXPORT
from kantoor.departments.finance.cli.post import COMMANDS as POST
from kantoor.departments.finance.cli.reports import COMMANDS as REPORTS

COMMANDS = (*POST, *REPORTS, *EXPORT)
