"""Days as numbers, so that loans need no clock."""

import datetime
import sys

if sys.version_info >= (3, 11):
    from datetime import UTC
else:
    UTC = datetime.timezone.utc

EPOCH = datetime.datetime(2024, 1, 1, tzinfo=UTC)


def day_of(moment):
    """The number of a moment's day."""
    if moment.tzinfo is None:
        raise ValueError("a moment needs a time zone")
    return (moment - EPOCH).days


def is_open(day):
    """The shed is closed on Sundays (day 0 was a Monday)."""
    return day % 7 != 6


def next_open(day):
    while not is_open(day):
        day += 1
    return day
