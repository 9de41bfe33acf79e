import pytest

from backend import api


def test_add_lend_and_take_back(store):
    assert api.handle(store, "PUT", "/tools/saw", {"deposit": "15"}) == (201, {"tool": "saw"})
    assert api.handle(store, "POST", "/tools/saw", {"member": "Ada", "day": 1}) == (200, {"due": 8})
    assert api.handle(store, "DELETE", "/tools/saw", {"day": 9}) == (200, {"fee": "0.50 EUR"})


def test_a_lent_tool_is_refused(store):
    store.lend("drill", "Ada", 0, 3)
    status, body = api.handle(store, "POST", "/tools/drill", {"member": "Bo", "day": 1})
    assert status == 409
    assert "lent until day 3" in body["error"]


@pytest.mark.parametrize(
    "method,path,status",
    [("GET", "/", 404), ("GET", "/tools", 200), ("PATCH", "/tools/drill", 405), ("POST", "/tools/drill", 400)],
)
def test_status(store, method, path, status):
    assert api.handle(store, method, path)[0] == status
