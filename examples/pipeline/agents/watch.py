"""Looks over the loans once a day and writes reminders."""

from collections import defaultdict

from skills import write


def reminders(store, day):
    """One letter for each member with tools overdue, by name."""
    late = defaultdict(list)
    for tool in store.overdue(day):
        member, due = store.loans[tool]
        late[member].append((tool, day - due))
    letters = []
    for member in sorted(late):
        tools = [tool for tool, _ in late[member]]
        longest = max(days for _, days in late[member])
        letters.append(write.reminder(member, tools, longest))
    return letters


def report(store, day):
    """Lines for the caretaker."""
    lines = [f"day {day}: {len(store.loans)} of {len(store.tools)} tools are out"]
    overdue = store.overdue(day)
    if overdue:
        lines.append(f"overdue: {write.listing(overdue)}")
    for member in sorted(store.blocked):
        lines.append(f"blocked: {member}")
    return lines


def main(store, day, out):
    for line in report(store, day):
        print(line, file=out)
    letters = reminders(store, day)
    if not letters:
        print("no letters today", file=out)
    for letter in letters:
        print(letter, file=out)
    return len(letters)
