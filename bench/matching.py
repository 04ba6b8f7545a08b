"""Matching bank lines with as many open items: how time grows from 10,000 to 100,000 of both.

The figure is the exponent k of time ~ n^k between the two sizes, beside that of n log n. Lines
name invoices by number, by reference, several at once or wrongly; one in ten names nothing. The
matching is pure and is measured without the database, the index over all items included.
"""

import gc
import math
import os
import time
from random import Random

from bench.ratio import Ratio

SMALL, LARGE = 10_000, 100_000
TURNS, TIMES = 3, LARGE // SMALL
N_LOG_N = math.log10(LARGE * math.log(LARGE) / (SMALL * math.log(SMALL)))


def run() -> list[Ratio]:
    """The exponent against that of n log n."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kantoor.config.settings")
    import django

    django.setup()
    small, large = [], []
    for _turn in range(TURNS):
        # As many lines of each, turn about: what else this machine does slows both down alike.
        small.append(sum(_seconds(SMALL, seed) for seed in range(TIMES)) / TIMES)
        large.append(_seconds(LARGE))
    exponent = math.log10(min(large) / min(small))
    return [
        Ratio("growth of matching, exponent", exponent, N_LOG_N, "", 1.0, False),
        Ratio("100,000 lines against 100,000 items", min(large), 60.0, "s", 1.0, False),
    ]


def _seconds(size: int, seed: int = 0) -> float:
    """How long it takes to match so many lines with so many items."""
    from kantoor.departments.finance.queries.banking.matches import Item, Movement
    from kantoor.departments.finance.queries.banking.matching import Matcher, match_all
    from kantoor.departments.finance.queries.banking.references import rf_of

    random = Random(size + seed)
    parties = max(size // 20, 1)
    items = []
    for n in range(size):
        party = random.randrange(parties)
        due = f"2011-{n % 12 + 1:02}-{n % 28 + 1:02}"
        number, amount = f"2011-{n:06}", random.randrange(1_000, 500_000)
        items.append(Item(n, 1, party, f"Customer {party}", number, amount, due))
    lines = []
    for n, item in enumerate(random.sample(items, size)):
        text, reference, amount = f"payment of {item.number} thank you", "", item.open
        if n % 10 == 0:
            text = "with kind regards"
        elif n % 10 < 4:
            text, reference = "", rf_of(item.number)
        elif n % 10 == 4:
            amount -= 500
        iban = f"NL{item.party_id:016}"
        lines.append(Movement(n, amount, item.due_on, text, item.party, iban, "", reference))
    known = {f"NL{party:016}": [party] for party in range(0, parties, 2)}
    # What was there before is not gone through again and again, whatever the size.
    gc.collect()
    gc.freeze()
    began = time.process_time()
    found, rest = match_all(Matcher(items, known), lines)
    elapsed = time.process_time() - began
    gc.unfreeze()
    assert len(found) + len(rest) == size
    assert len(found) > size * 0.8
    return elapsed
