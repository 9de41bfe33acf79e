"""Tools and loans, kept in memory."""

from core import calendar, fees


class Refused(Exception):
    """What a member asked for is not possible; the text says why."""


class Store:
    def __init__(self):
        self.tools = {}
        self.loans = {}
        self.blocked = set()

    def add(self, tool, deposit):
        if deposit < 0:
            raise Refused("a deposit is not negative")
        self.tools[tool] = deposit

    def lend(self, tool, member, day, days):
        if member in self.blocked:
            raise Refused(f"{member} is blocked")
        if tool not in self.tools:
            raise Refused(f"no such tool: {tool}")
        if tool in self.loans:
            raise Refused(f"{tool} is lent until day {self.loans[tool][1]}")
        due = calendar.next_open(day + days)
        self.loans[tool] = (member, due)
        return due

    def take_back(self, tool, day):
        """Ends a loan and tells the fee in cents."""
        if tool not in self.loans:
            raise Refused(f"{tool} is not lent")
        member, due = self.loans.pop(tool)
        fee = fees.late_fee(day - due, self.tools[tool])
        if fee >= fees.HIGHEST_FEE:
            self.blocked.add(member)
        return fee

    def overdue(self, day):
        return sorted(tool for tool, (_, due) in self.loans.items() if due < day)

    def forgive(self, member):
        if member not in self.blocked:
            raise Refused(f"{member} is not blocked")
        self.blocked.discard(member)
