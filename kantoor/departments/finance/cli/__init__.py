"""Finance at the console: one module for each kind of command."""

from kantoor.departments.finance.cli.assets import COMMANDS as ASSETS
from kantoor.departments.finance.cli.currency import COMMANDS as CURRENCY
from kantoor.departments.finance.cli.export import COMMANDS as EXPORT
from kantoor.departments.finance.cli.invoices import COMMANDS as INVOICES
from kantoor.departments.finance.cli.leaving import COMMANDS as LEAVING
from kantoor.departments.finance.cli.post import COMMANDS as POST
from kantoor.departments.finance.cli.reports import COMMANDS as REPORTS

COMMANDS = (*POST, *REPORTS, *ASSETS, *EXPORT, *INVOICES, *LEAVING, *CURRENCY)
