"""Thousands of mixed actions, compared after each with a second, independent model.

KANTOOR_STEPS and KANTOOR_SEED make a longer run, or the same one again.
"""

import os

from kantoor.departments.finance.tests.billing import customer
from kantoor.departments.finance.tests.people import Books, begin_books
from kantoor.kernel.record.verify.system import verify
from tests.simulation.driver import PARTIES, Driver

STEPS = int(os.environ.get("KANTOOR_STEPS", "2000"))
SEED = int(os.environ.get("KANTOOR_SEED", "2011"))
PROVED_EACH = 500


def test_any_mix_of_actions_leaves_both_models_equal(db: None) -> None:
    books: Books = begin_books("Bakker BV")
    for code in PARTIES:
        customer(books, code)
    driver = Driver(books, SEED)
    for step in range(1, STEPS + 1):
        driver.step()
        if step % PROVED_EACH == 0:
            proved = verify()
            assert proved.ok, (SEED, step, proved.faults[:5])
    # A simulation in which nothing is refused, or nothing performed, shows nothing.
    assert driver.performed > STEPS // 4
    assert driver.refused > STEPS // 50
