"""运维. What an operator runs: setup, serve, backup, restore, verify, doctor."""
