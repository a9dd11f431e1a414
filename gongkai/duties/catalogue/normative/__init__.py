"""规范性文件. The library of the office's documents: terms, amendment and repeal, expiry, clean-up rounds."""
