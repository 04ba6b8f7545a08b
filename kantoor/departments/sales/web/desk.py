"""The desk of sales: its registers in the order of the menu, and the inbox of the front office."""

from kantoor.departments.sales.web import cards, plans
from kantoor.departments.sales.web.articles import ARTICLE, ARTICLES
from kantoor.departments.sales.web.customers import CUSTOMER, CUSTOMERS
from kantoor.departments.sales.web.orders import ORDER, ORDERS
from kantoor.departments.sales.web.quotations import QUOTATION, QUOTATIONS
from kantoor.departments.sales.web.returns import RETURN, RETURNS
from kantoor.kernel.pages.desk import Desk, open_desk
from kantoor.kernel.pages.inbox import inbox

__all__ = ["DESK", "cards", "plans"]

DESK = open_desk(
    Desk(
        name="sales",
        views=[
            ORDERS,
            ORDER,
            CUSTOMERS,
            CUSTOMER,
            QUOTATIONS,
            QUOTATION,
            RETURNS,
            RETURN,
            ARTICLES,
            ARTICLE,
            *inbox("sales"),
        ],
    )
)
