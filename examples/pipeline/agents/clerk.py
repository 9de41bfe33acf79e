"""Answers members: understands, asks the backend, says what came of it."""

from backend import api
from skills import understand


class Clerk:
    def __init__(self, store):
        self.store = store

    def answer(self, member, sentence, day):
        kind, *rest = understand.intent(sentence)
        if kind == "borrow":
            return self._borrow(member, day, *rest)
        if kind == "return":
            return self._return(day, *rest)
        return "Sorry, I did not understand that."

    def _borrow(self, member, day, tool, days):
        if days > 28:
            return "Four weeks are the most that we lend for."
        status, body = api.handle(
            self.store, "POST", f"/tools/{tool}", {"member": member, "day": day, "days": days}
        )
        if status != 200:
            return f"That did not work: {body['error']}."
        return f"The {tool} is yours until day {body['due']}."

    def _return(self, day, tool):
        status, body = api.handle(self.store, "DELETE", f"/tools/{tool}", {"day": day})
        if status != 200:
            return f"That did not work: {body['error']}."
        if body["fee"] == "0.00 EUR":
            return f"Thank you for the {tool}."
        return f"Thank you for the {tool}. It is late: {body['fee']}."
