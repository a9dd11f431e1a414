"""电子表格. Excel, WPS and CSV files in and out: values, headings, templates. Knows no database and no duty."""
