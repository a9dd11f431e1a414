"""旧站迁入. Items of an old site or register, with their texts and attachments, moved in to be published here."""
