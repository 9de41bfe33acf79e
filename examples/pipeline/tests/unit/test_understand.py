import pytest

from skills import understand


@pytest.mark.parametrize(
    "sentence,intent",
    [
        ("May I borrow the drill?", ("borrow", "drill", 7)),
        ("I need a ladder for a day.", ("borrow", "ladder", 1)),
        ("I will return the hedge trimmer", ("return", "hedge trimmer")),
        ("Lovely weather!", ("unclear",)),
    ],
)
def test_intent(sentence, intent):
    assert understand.intent(sentence) == intent
