"""年度报告格式（2021）. 国办公开办函〔2021〕30号: tables, counting rules, cross-checks."""
