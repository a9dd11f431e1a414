"""配置. One settings file; a single office and a province differ only in a handful of URLs."""
