"""All models of sales, gathered for Django."""

from kantoor.departments.sales.models.articles import Article
from kantoor.departments.sales.models.customers import Customer
from kantoor.departments.sales.models.history import StateChange
from kantoor.departments.sales.models.orders import Order, OrderLine
from kantoor.departments.sales.models.quotations import Quotation, QuotationLine
from kantoor.departments.sales.models.returns import Return, ReturnLine

__all__ = [
    "Article",
    "Customer",
    "Order",
    "OrderLine",
    "Quotation",
    "QuotationLine",
    "Return",
    "ReturnLine",
    "StateChange",
]
