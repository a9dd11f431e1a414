from django.apps import AppConfig


class LettersConfig(AppConfig):
    name = "gongkai.duties.applications.letters"
    label = "letters"
    verbose_name = "文书"
