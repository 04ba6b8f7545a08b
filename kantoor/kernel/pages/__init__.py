"""The framework of the pages: departments declare lists, forms, records and reports with it.

A department's `web` opens a `Desk` of views; the shell serves it under `/<department>/`.
"""
