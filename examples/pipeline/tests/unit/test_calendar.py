import datetime

from core import calendar


def test_next_open_skips_sunday():
    assert calendar.next_open(6) == 7
    assert calendar.next_open(5) == 5


def test_day_of():
    moment = datetime.datetime(2024, 1, 3, 12, tzinfo=calendar.UTC)
    assert calendar.day_of(moment) == 2
