"""年度报告格式（2019，试行）. 国办公开办函〔2019〕60号: the form of the reports for 2019 and 2020."""
