"""Small things that an agent can do."""
