"""读旧站的数据. Runs in a process of its own, with bounds; knows no database and no framework."""
