"""正文里的链接. Whether what a text links to can be opened: looked at by the worker, kept, asked by the release gate."""
