"""复议、诉讼案件. What a decision is called, how it counts, and how a case stands after everything that happened."""
