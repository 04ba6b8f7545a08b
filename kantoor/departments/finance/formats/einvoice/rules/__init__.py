"""The rules of EN 16931 and those that build on it, checked without any stylesheet.

Each module has one subject and a function for each group of the invoice; ids are those of the
official rules (CEN/TC 434, OpenPeppol, STPE, UBL.BE, KoSIT), texts are our own.
"""
