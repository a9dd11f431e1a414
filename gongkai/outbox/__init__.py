"""待发事项. What must happen after a transaction: rows written in it, done by the worker."""
