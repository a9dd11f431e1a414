"""公开职责和栏目更新. Who keeps which duty and which column, by when, and what stands open."""
