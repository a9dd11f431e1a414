"""发布前检查. What a text or a file holds that a person must see before it goes out. Knows no database and no duty."""
