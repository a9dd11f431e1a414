"""行政诉讼. The periods for going to court over a reply."""
