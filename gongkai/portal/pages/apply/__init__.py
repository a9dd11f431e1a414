"""申请公开的页面. Forms without sessions and without scripts: what was typed travels with the form, never in an address."""
