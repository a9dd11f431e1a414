"""表述词表. The office's own wrong and right words, and the names of leaders and bodies as they are written (发布前检查)."""
