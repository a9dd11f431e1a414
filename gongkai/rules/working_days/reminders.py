"""提醒的日子. How many working days before a legal or an internal day somebody is reminded; no rule asks for it, so it is
our practice, one for every deadline of the product."""

REMINDED_BEFORE = (5, 3, 1, 0)  # 0: on the day itself
