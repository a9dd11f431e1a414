"""测试数据. One module per app; a factory shows what a valid record is."""
