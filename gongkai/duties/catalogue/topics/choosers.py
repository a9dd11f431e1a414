"""选用. The editor's windows for choosing a picture, a file or a published item: of the editor's own agency alone (ACL-02)."""

import json
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.html import format_html
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import chooser
from wagtail.admin.viewsets.chooser import ChooserViewSet
from wagtail.admin.widgets.chooser import BaseChooser

LONGEST_ALTERNATIVE = 100


class UploadForm(forms.Form):
    """上传一份素材. The words are required: a picture without them says nothing to who cannot see it."""

    kind = ""
    title = forms.CharField(max_length=LONGEST_ALTERNATIVE)
    upload = forms.FileField()

    def __init__(self, *args: Any, person: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person

    def clean(self) -> dict[str, Any]:
        """Cleaned here, so that what is wrong with a file is said beside it."""
        from gongkai.agencies.access import Refusal
        from gongkai.duties.catalogue.topics.actions import read_upload

        cleaned = super().clean() or {}
        if upload := cleaned.get("upload"):
            try:
                self.read = read_upload(self.kind, upload, by=self.person)
            except Refusal as refusal:
                self.add_error("upload", str(refusal))
        return cleaned

    def save(self) -> Any:
        from gongkai.duties.catalogue.topics.actions import keep_file

        return keep_file(self.read, title=self.cleaned_data["title"], by=self.person)


class PictureForm(UploadForm):
    """上传图片."""

    kind = "picture"
    title = forms.CharField(
        label="替代文字",
        max_length=LONGEST_ALTERNATIVE,
        help_text="用一句话说出图片上的内容，看不见图片的人听到的就是它",
    )
    upload = forms.FileField(
        label="图片", help_text="JPG或者PNG，不超过20 MB；保存时重新编码，拍摄信息不保留"
    )


class DocumentForm(UploadForm):
    """上传文件."""

    kind = "document"
    title = forms.CharField(label="文件名称", max_length=LONGEST_ALTERNATIVE)
    upload = forms.FileField(
        label="文件", help_text="PDF，不超过20 MB；保存时去掉作者等信息、脚本和夹带的文件"
    )


class TitleFilter(BaseFilterForm):
    """按标题找."""

    q = forms.CharField(label="标题", required=False)

    def filter(self, objects: QuerySet[Any]) -> QuerySet[Any]:
        found = super().filter(objects)
        words = self.cleaned_data.get("q", "").strip()
        if not words:
            return found
        self.is_searching, self.search_query = True, words
        return found.filter(title__icontains=words)


class _Own:
    """只看本机关的."""

    request: Any
    only: dict[str, Any] = {}

    def own(self) -> QuerySet[Any]:
        return self.model_class.objects.filter(agency=self.request.user.agency_id, **self.only)  # type: ignore[attr-defined]

    def get_object_list(self) -> QuerySet[Any]:
        return self.own()

    def get_object(self, pk: str) -> Any:
        if not _is_number(pk):
            raise self.own().model.DoesNotExist
        return self.own().get(pk=pk)

    def get_objects(self, pks: list[str]) -> QuerySet[Any]:
        return self.own().filter(pk__in=filter(_is_number, pks))

    def get_creation_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_creation_form_kwargs(), "person": self.request.user}  # type: ignore[misc]


def _is_number(text: str) -> bool:
    """Whether this can be a record's number: the library would ask the database for whatever stands in the address."""
    return text.isascii() and text.isdigit() and len(text) < 19


def _thumbnail(file: Any) -> str:
    return format_html(
        '<img class="topic-thumbnail" src="{}" alt="">', reverse("topics:file", args=[file.pk])
    )


def _views(name: str, only: dict[str, Any], *, shows_pictures: bool = False) -> dict[str, Any]:
    """The five views of one chooser, each bound to the agency."""

    def columns(view: Any) -> list[Column]:
        return [Column("thumbnail", label="图片", accessor=_thumbnail), view.title_column]

    kinds = {
        "choose_view_class": chooser.ChooseView,
        "choose_results_view_class": chooser.ChooseResultsView,
        "chosen_view_class": chooser.ChosenView,
        "chosen_multiple_view_class": chooser.ChosenMultipleView,
        "create_view_class": chooser.CreateView,
    }
    listing = {"filter_form_class": TitleFilter}
    if shows_pictures:
        listing["columns"] = property(columns)  # type: ignore[assignment]
    return {
        slot: type(
            f"{name}{kind.__name__}",
            (_Own, kind),
            {"only": only, **(listing if issubclass(kind, chooser.BaseChooseView) else {})},
        )
        for slot, kind in kinds.items()
    }


class QuietChooser(BaseChooser):
    """选用的控件, without the inline script: ``desk/editor.js`` starts it, so that the policy stays strict (WEB-01)."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> str:
        data = self.get_value_data(value)
        key = (attrs or {}).get("id") or name
        options = json.dumps(self.get_js_init_options(key, name, data))
        html = self.render_html(name, data, attrs or {})
        return format_html('<div data-own-chooser="{}" data-options="{}">{}</div>', key, options, html)


class OwnChooser(ChooserViewSet):
    """选用窗口, worded in Chinese."""

    base_widget_class = QuietChooser

    search_tab_label = "选用已有的"
    choose_another_text = "更换"
    edit_item_text = "修改"
    create_action_label = "上传"
    create_action_clicked_label = "正在上传……"
    per_page = 10


def _chooser(name: str, model: str, only: dict[str, Any], **values: Any) -> OwnChooser:
    shows_pictures = only.get("kind") == "picture"
    members = {"model": model, **_views(name, only, shows_pictures=shows_pictures), **values}
    chooser_class = type(f"{name}Chooser", (OwnChooser,), members)
    return chooser_class(f"topic_{name.lower()}", url_prefix=f"topics/{name.lower()}")


pictures = _chooser(
    "Pictures",
    "topics.TopicFile",
    {"kind": "picture"},
    icon="image",
    choose_one_text="选用图片",
    creation_tab_label="上传图片",
    creation_form_class=PictureForm,
)
documents = _chooser(
    "Documents",
    "topics.TopicFile",
    {"kind": "document"},
    icon="doc-full",
    choose_one_text="选用文件",
    creation_tab_label="上传文件",
    creation_form_class=DocumentForm,
    register_widget=False,
)
items = _chooser(
    "Items",
    "catalogue.InformationItem",
    {"live": True},
    icon="list-ul",
    choose_one_text="选用信息",
    register_widget=False,
)
