from django.apps import AppConfig

from gongkai.audit.triggers import watch
from gongkai.duties.mailbox.words import WORDS


class MailboxConfig(AppConfig):
    name = "gongkai.duties.mailbox"
    label = "mailbox"
    verbose_name = "领导信箱"
    words = WORDS
    triggers = {"sqlite": [trigger for each in WORDS for trigger in each.triggers], "postgresql": []}

    def ready(self) -> None:
        watch(self)
