"""Other ways to look at the same evidence: each shows something that counts by person do not; none gives a verdict."""
