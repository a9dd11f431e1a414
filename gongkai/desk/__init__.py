"""工作台. The staff home: to-do list, calendar, search, menus."""
