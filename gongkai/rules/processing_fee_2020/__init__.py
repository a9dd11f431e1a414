"""信息处理费. 国办函〔2020〕109号: by item or by page, never both."""
