from django.apps import AppConfig


class TopicsConfig(AppConfig):
    name = "gongkai.duties.catalogue.topics"
    label = "topics"
    verbose_name = "专题"

    def ready(self) -> None:
        """The editor asks the registry who may; it must know ours before its first question."""
        from wagtail.models import AbstractPage
        from wagtail.permissions import register_permission_policy

        from gongkai.duties.catalogue.topics.models import TopicFile
        from gongkai.duties.catalogue.topics.policy import OwnFiles, OwnTopics

        register_permission_policy(AbstractPage, OwnTopics())
        register_permission_policy(TopicFile, OwnFiles(TopicFile))
