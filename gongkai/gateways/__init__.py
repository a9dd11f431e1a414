"""网关. Doors to the outside: files, mail and, later, SMS and Weibo; each with a local stand-in."""
