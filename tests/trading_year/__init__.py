"""A year of a Dutch company that trades in bicycles: each chapter by hand-made figures.

`paper.py` is the bookkeeping on paper beside it: each chapter writes there, account by account,
what it must come to, and `proving.py` holds the company's own books against it. No figure of it is
read from the books that it proves.
"""
