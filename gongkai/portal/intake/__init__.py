"""公众提交. The one door from the public to the desk: what is handed in, sealed, and how far it has come, by receipt code."""
