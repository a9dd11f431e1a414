"""个人信息权利. What an applicant asks of the data held on them (个人信息保护法第四十四条至第五十条), answered with a log (PII-07)."""
