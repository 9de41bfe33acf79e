from backend import stocktake


def test_compare(store):
    store.lend("drill", "Ada", 0, 7)
    missing, unknown = stocktake.compare(store, {"ladder": 9_000, "anvil": 12_000})
    assert missing == ["hedge trimmer"]
    assert unknown == ["anvil"]
