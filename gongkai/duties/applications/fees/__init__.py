"""信息处理费. Proposed by rule, decided by another person, noticed, paid or not (国办函〔2020〕109号)."""
