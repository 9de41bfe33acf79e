from agents.clerk import Clerk


def test_borrow_and_return(store):
    clerk = Clerk(store)
    assert clerk.answer("Ada", "I need the drill for 2 days", 0) == "The drill is yours until day 2."
    assert clerk.answer("Ada", "I return the drill", 1) == "Thank you for the drill."


def test_an_unknown_tool(store):
    assert "no such tool: anvil" in Clerk(store).answer("Ada", "lend me an anvil", 0)


def test_small_talk(store):
    assert Clerk(store).answer("Ada", "Nice shed.", 0).startswith("Sorry")
