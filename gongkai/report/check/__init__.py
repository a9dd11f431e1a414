"""检查年度报告. ``engine.check(report, last_year)`` judges every rule of the catalogue that the material allows."""
