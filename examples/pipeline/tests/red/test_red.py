"""A red day, for the reports in red/: one failure, one skipped and one slow test, one that passes when tried again."""

import pathlib
import time

import pytest

from core import fees

MARK = pathlib.Path(__file__).with_name(".tried")


def test_the_fee_of_a_month(store):
    assert fees.late_fee(31, store.tools["ladder"]) == 2_000


def test_rounding_is_wrong():
    assert fees.parse("0.1") + fees.parse("0.2") == 31


def test_the_second_try_passes():
    first = not MARK.exists()
    MARK.touch()
    assert not first


@pytest.mark.skip(reason="needs the real door lock")
def test_the_door():
    raise AssertionError


def test_the_long_inventory():
    time.sleep(5.2)
