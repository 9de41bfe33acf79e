"""Words that everything else is said in."""
