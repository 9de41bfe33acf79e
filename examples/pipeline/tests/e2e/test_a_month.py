"""A month in the shed, through the front door only."""

import io

from agents import watch
from agents.clerk import Clerk


def test_a_late_member(store):
    clerk = Clerk(store)
    clerk.answer("Ada", "May I borrow the ladder for 2 weeks?", 0)
    out = io.StringIO()
    assert watch.main(store, 24, out) == 1
    assert out.getvalue().splitlines() == [
        "day 24: 1 of 3 tools are out",
        "overdue: ladder",
        "Please do not forget, Ada: ladder should be back in the shed.",
    ]
    assert clerk.answer("Ada", "I bring back the ladder.", 25) == "Thank you for the ladder. It is late: 5.50 EUR."


def test_a_quiet_day(store):
    out = io.StringIO()
    assert watch.main(store, 1, out) == 0
    assert "no letters today" in out.getvalue()
