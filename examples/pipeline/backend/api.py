"""Requests to answers: a method, a path and a body in, a status and a body out."""

from backend.store import Refused
from core import fees


def handle(store, method, path, body=None):
    parts = [part for part in path.split("/") if part]
    if not parts or parts[0] != "tools":
        return 404, {"error": "nothing here"}
    if method == "GET" and len(parts) == 1:
        return 200, {"tools": sorted(store.tools)}
    if len(parts) != 2:
        return 404, {"error": "nothing here"}
    action = ACTIONS.get(method)
    if action is None:
        return 405, {"error": f"{method} is not known"}
    try:
        return action(store, parts[1], body or {})
    except Refused as refused:
        return 409, {"error": str(refused)}
    except (KeyError, ValueError) as wrong:
        return 400, {"error": f"bad request: {wrong}"}


def _add(store, tool, body):
    store.add(tool, fees.parse(body["deposit"]))
    return 201, {"tool": tool}


def _lend(store, tool, body):
    due = store.lend(tool, body["member"], body["day"], body.get("days", 7))
    return 200, {"due": due}


def _take_back(store, tool, body):
    fee = store.take_back(tool, body["day"])
    return 200, {"fee": fees.as_text(fee)}


ACTIONS = {"PUT": _add, "POST": _lend, "DELETE": _take_back}
