"""谁能编辑专题. The editor's permissions, computed at each request from posts and powers; none is stored (ACL-07, ACL-08)."""

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.backends import BaseBackend
from django.utils import timezone
from wagtail.models import Page
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permission_policies.pages import PagePermissionPolicy

from gongkai.agencies.access import may
from gongkai.agencies.models import Person
from gongkai.agencies.powers import Power

_OPENS_THE_EDITOR = "wagtailadmin.access_admin"


def may_compose(person: object) -> bool:
    """起草信息的职权, today, in one's own agency."""
    return isinstance(person, Person) and bool(
        may(person, Power.DRAFT_ITEMS, person.agency, on=timezone.localdate())
    )


@dataclass(frozen=True, slots=True)
class _Named:
    codename: str


@dataclass(frozen=True, slots=True)
class _Permission:
    """What the library would read from a row of its own: a permission on a page and all below it."""

    page: Page
    permission: _Named

    @property
    def page_id(self) -> int:
        return self.page.pk


class OwnTopics(PagePermissionPolicy):
    """本机关的专题. Adding and changing, below the agency's own index; nobody publishes, locks, moves or deletes."""

    def get_all_permissions_for_user(self, user: Any) -> list[_Permission]:
        from gongkai.duties.catalogue.topics.models import TopicsIndex

        index = TopicsIndex.objects.filter(agency=user.agency).first() if may_compose(user) else None
        if index is None:
            return []
        names = (self._get_permission_codename(action) for action in ("add", "change"))
        return [_Permission(index, _Named(name)) for name in names]


class OwnFiles(ModelPermissionPolicy):
    """专题素材: added by whoever composes, in the chooser; whose they are the chooser's own views ask."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action == "add" and may_compose(user)

    def user_has_any_permission(self, user: Any, actions: Any) -> bool:
        return any(self.user_has_permission(user, action) for action in actions)


class EditorAccess(BaseBackend):
    """编辑器的入口: the one permission the library asks for at its door. It logs nobody in."""

    def has_perm(self, user_obj: Any, perm: str, obj: object = None) -> bool:
        return perm == _OPENS_THE_EDITOR and may_compose(user_obj)
