"""旧网址对照表. ``gongkai manage old_addresses``: lines of an nginx map, for the server that answers at the old name."""

from typing import Any

from django.core.management.base import BaseCommand

from gongkai.portal.old_addresses import everything


class Command(BaseCommand):
    help = "列出旧网址和现在的网址，写成nginx map的格式；只有现在公开的。"

    def handle(self, *args: Any, **options: Any) -> None:
        for old, new in everything():
            self.stdout.write(f"{_quoted(old)} {new};")


def _quoted(text: str) -> str:
    """In the quotes of nginx: nothing of an address may end them, or be read as a variable or a pattern."""
    for character in '\\"':
        text = text.replace(character, f"\\{character}")
    return f'"{text}"'
