"""转主动公开 (条例第四十四条). What was asked for and may be known to everybody becomes a publishing task and a draft."""
