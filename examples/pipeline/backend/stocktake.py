"""The yearly stocktake: a list of what is really on the shelves against the books."""

import csv

from backend.store import Refused
from core import fees


def read(lines):
    """Tools and deposits of a CSV text; the first row names the columns."""
    tools = {}
    for row in csv.DictReader(lines):
        name = row["tool"].strip()
        if name in tools:
            raise Refused(f"listed twice: {name}")
        tools[name] = fees.parse(row["deposit"])
    return tools


def compare(store, found):
    """What is missing from the shelves, and what the books do not know."""
    expected = {tool for tool in store.tools if tool not in store.loans}
    missing = sorted(expected - found.keys())
    unknown = sorted(found.keys() - store.tools.keys())
    return missing, unknown


def settle(store, found):
    missing, unknown = compare(store, found)
    for tool in missing:
        del store.tools[tool]
    for tool in unknown:
        store.add(tool, found[tool])
    return len(missing) + len(unknown)
