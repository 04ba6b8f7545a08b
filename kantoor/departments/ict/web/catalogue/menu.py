"""The catalogue's part of the menu, and of the page of a case."""

from kantoor.departments.ict.web.catalogue.arranged import ITEMS
from kantoor.departments.ict.web.catalogue.decisions import DECISION, TO_DECIDE
from kantoor.departments.ict.web.catalogue.ordering import CATALOGUE

ASKING = (CATALOGUE, TO_DECIDE)
ARRANGED = (ITEMS,)
WITHIN = (DECISION,)
