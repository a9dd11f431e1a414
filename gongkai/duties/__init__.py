"""职责. One app per duty of the office."""
