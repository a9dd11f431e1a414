"""年度报告工具. Reads, checks and renders annual reports, our own or anybody's; needs no database and no Django."""
