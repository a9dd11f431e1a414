"""信息目录. Items, columns, the duties of articles 20 and 21, normative documents, special topics."""
