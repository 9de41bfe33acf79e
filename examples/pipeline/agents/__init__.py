"""What acts on its own: answering members and watching due dates."""
