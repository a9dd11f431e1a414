"""公开指南. An edition of the guide is an item; what article 12 requires of it stands beside its text, field by field."""
