"""年度报告. From the records of a year to its published annual report."""
