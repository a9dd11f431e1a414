"""窗口收件. Applications that come by hand, by post, by fax, by e-mail or by word of mouth, and the scans of what came."""
