"""编辑器. What of the library's editor is shown, and what follows when it saves. Loaded by the library by this name."""

from typing import Any

from django.http import HttpRequest
from wagtail import hooks

from gongkai.agencies.models import Person
from gongkai.duties.catalogue.topics import actions
from gongkai.duties.catalogue.topics.choosers import documents, items, pictures


@hooks.register("register_admin_viewset")
def choosers() -> list[Any]:
    return [pictures, documents, items]


@hooks.register("construct_page_action_menu")
def offer_saving_alone(menu_items: list[Any], request: HttpRequest, context: dict[str, Any]) -> None:
    menu_items[:] = [item for item in menu_items if type(item).__name__ == "SaveDraftMenuItem"]


@hooks.register("construct_main_menu")
def no_menu(request: HttpRequest, menu_items: list[Any]) -> None:
    menu_items.clear()


@hooks.register("after_edit_page")
def void_what_was_changed(request: HttpRequest, page: Any) -> None:
    if isinstance(request.user, Person):  # the gate lets nobody else in
        actions.void_if_changed(page.specific, by=request.user)
