"""查毒. Whether a kept file was scanned, and what was found; nothing is opened or released that was not."""
