"""归档. The complete file of a closed case as one PDF/A-3 with its index, and how long what names people is kept."""
