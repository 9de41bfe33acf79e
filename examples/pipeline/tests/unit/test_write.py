from skills import write


def test_listing():
    assert write.listing(["drill"]) == "drill"
    assert write.listing(["drill", "ladder", "saw"]) == "drill, ladder and saw"


def test_first_reminder_is_friendly():
    assert write.reminder("Ada", ["drill"], 2).startswith("A friendly word, Ada")
