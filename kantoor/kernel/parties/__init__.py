"""Persons and organisations the company deals with, in one register with roles."""
