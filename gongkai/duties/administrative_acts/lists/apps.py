from django.apps import AppConfig


class PublicListsConfig(AppConfig):
    name = "gongkai.duties.administrative_acts.lists"
    label = "public_lists"
    verbose_name = "清单和统计"

    def ready(self) -> None:
        from gongkai.duties.administrative_acts.lists.fulfilment import shown

        self.shows_to_the_public = (shown,)
