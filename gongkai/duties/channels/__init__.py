"""新媒体. Weibo and other accounts."""
