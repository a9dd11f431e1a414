"""开放数据. What is published, for machines: data sets by column and year, annual reports, and what describes them."""
