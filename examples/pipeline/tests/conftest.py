import pytest

from backend.store import Store


@pytest.fixture
def store():
    shed = Store()
    shed.add("drill", 4_000)
    shed.add("ladder", 9_000)
    shed.add("hedge trimmer", 30_000)
    return shed
