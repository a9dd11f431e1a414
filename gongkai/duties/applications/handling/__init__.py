"""承办. Whose case it is, which units contribute by when, the office's own deadlines, and extensions agreed by the head."""
