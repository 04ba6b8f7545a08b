"""Finance at the console: one module for each kind of command."""

from kantoor.departments.finance.cli.assets import COMMANDS as ASSETS
from kantoor.departments.finance.cli.banking import COMMANDS as BANKING
from kantoor.departments.finance.cli.export import COMMANDS as EXPORT
from kantoor.departments.finance.cli.invoices import COMMANDS as INVOICES
from kantoor.departments.finance.cli.leaving import COMMANDS as LEAVING
from kantoor.departments.finance.cli.payables import COMMANDS as PAYABLES
from kantoor.departments.finance.cli.post import COMMANDS as POST
from kantoor.departments.finance.cli.reports import COMMANDS as REPORTS

COMMANDS = (*POST, *BANKING, *PAYABLES, *REPORTS, *ASSETS, *EXPORT, *INVOICES, *LEAVING)
