"""公众页面. Each view asks a query and chooses a template; wording is in presenters."""
