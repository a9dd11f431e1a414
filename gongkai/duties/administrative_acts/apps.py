from django.apps import AppConfig


class AdministrativeActsConfig(AppConfig):
    name = "gongkai.duties.administrative_acts"
    label = "administrative_acts"
    verbose_name = "行政行为"

    def ready(self) -> None:
        from gongkai.duties.administrative_acts.fulfilment import shown

        self.shows_to_the_public = (shown,)
