"""基准. Each file is one command that prints what it measured."""
