"""静态副本. Every public page and file in a folder that any web server can serve; watched, and put right when altered."""
