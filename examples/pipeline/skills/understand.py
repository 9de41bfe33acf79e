"""From a member's sentence to an intent."""

import re

DAYS = {"a day": 1, "a week": 7, "a fortnight": 14}
BORROW = re.compile(r"\b(?:borrow|lend me|need) (?:the |a |an )?(?P<tool>[a-z ]+?)(?: for (?P<time>.+))?$")
RETURN = re.compile(r"\b(?:return|bring back) (?:the |a |an )?(?P<tool>[a-z ]+)$")


def days_of(text):
    if text is None:
        return 7
    if text in DAYS:
        return DAYS[text]
    number, _, unit = text.partition(" ")
    if not number.isdigit():
        return None
    if unit.startswith("week"):
        return int(number) * 7
    return int(number)


def intent(sentence):
    """("borrow", tool, days), ("return", tool) or ("unclear",)."""
    words = " ".join(sentence.lower().rstrip(".!?").split())
    if found := BORROW.search(words):
        days = days_of(found["time"])
        if days is None:
            return ("unclear",)
        return ("borrow", found["tool"].strip(), days)
    if found := RETURN.search(words):
        return ("return", found["tool"].strip())
    return ("unclear",)
