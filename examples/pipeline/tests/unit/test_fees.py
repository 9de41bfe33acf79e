import pytest

from core import fees


@pytest.mark.parametrize("days,fee", [(-1, 0), (0, 0), (3, 150), (20, 1_400)])
def test_late_fee(days, fee):
    assert fees.late_fee(days, 4_000) == fee


def test_fee_stops_at_the_deposit():
    assert fees.late_fee(10, 300) == 300


def test_as_text():
    assert fees.as_text(1205) == "12.05 EUR"


def test_parse():
    assert fees.parse(" 12.5 ") == 1250
    with pytest.raises(ValueError):
        fees.parse("twelve")
