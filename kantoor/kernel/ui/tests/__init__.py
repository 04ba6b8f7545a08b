"""Tests of the design system; they need no database and no other part of Kantoor."""
