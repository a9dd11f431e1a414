"""文书的文件. Templates an office edits in Word or WPS, letters merged into them, read back from them, printed as PDF."""
