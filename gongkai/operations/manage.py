"""gongkai manage. Django's commands for an operator, on the side GONGKAI_SIDE names (desk unless said)."""

import os

from gongkai.operations.process import start_django


def main(arguments: list[str]) -> int:
    start_django(os.environ.get("GONGKAI_SIDE") or "desk")
    from django.core.management import execute_from_command_line

    execute_from_command_line(["gongkai manage", *arguments])
    return 0
