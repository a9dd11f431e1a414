"""逐项办理. What an application asks for, point by point: where it was searched, what was found, what was decided."""
