"""法. The law as dated, cited, self-explaining Python. Standard library only: no clock, no settings, no database."""
