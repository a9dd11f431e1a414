from django.apps import AppConfig


class ArchiveConfig(AppConfig):
    name = "gongkai.duties.applications.archive"
    label = "application_archive"
    verbose_name = "申请归档"
