"""Sentences for members."""


def listing(names):
    """Names as a person would list them."""
    names = list(names)
    if not names:
        return "nothing"
    if len(names) == 1:
        return names[0]
    return ", ".join(names[:-1]) + " and " + names[-1]


def reminder(member, tools, days_late):
    if days_late > 14:
        tone = "This is the last reminder"
    elif days_late > 7:
        tone = "Please do not forget"
    else:
        tone = "A friendly word"
    return f"{tone}, {member}: {listing(tools)} should be back in the shed."
