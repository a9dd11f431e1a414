"""审计. Who did what, when, from where and why, in a chain that shows any tampering."""
