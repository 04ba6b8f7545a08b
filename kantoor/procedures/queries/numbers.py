"""The series of the numbers of instances."""

from collections.abc import Iterable

from django.db.models import Count, Max, Min

from kantoor.kernel.numbering.numbers import counted

SERIES = "procedures.instance"
