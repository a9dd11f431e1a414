"""文字检查. The numbers in the prose against each other, against the tables, and against last year."""
