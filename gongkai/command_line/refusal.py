"""不能执行. One Chinese sentence for the person at the keyboard."""


class Refused(Exception):
    """命令不能执行."""
