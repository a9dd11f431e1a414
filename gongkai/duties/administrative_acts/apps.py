from django.apps import AppConfig

from gongkai.audit.triggers import watch
from gongkai.duties.administrative_acts.words import WORDS


class AdministrativeActsConfig(AppConfig):
    name = "gongkai.duties.administrative_acts"
    label = "administrative_acts"
    verbose_name = "行政行为"
    words = WORDS
    triggers = {"sqlite": [trigger for each in WORDS for trigger in each.triggers], "postgresql": []}

    def ready(self) -> None:
        from gongkai.duties.administrative_acts.fulfilment import shown

        self.shows_to_the_public = (shown,)
        watch(self)
