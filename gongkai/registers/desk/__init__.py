"""台账的页面. One set of screens for every register; an app names its registers and gets its addresses."""
