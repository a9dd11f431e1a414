"""正文里的图片: drawn anew, with words, reviewed as an attachment, shown on both sides."""

import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from gongkai.agencies.access import Refusal
from gongkai.agencies.powers import Power
from gongkai.duties.catalogue import actions
from gongkai.duties.catalogue.release_gate import before_review, objections
from gongkai.gateways.files import desk_files
from gongkai.portal.models import PublishedItem
from tests.duties.catalogue.editorial import Editorial
from tests.factories.people import a_person, an_agency, enter

pytestmark = pytest.mark.django_db(databases=["default", "public"])
PLACE = "22.5431N"


def a_photograph(colour: str = "red") -> bytes:
    """With the place it was taken at, as a telephone keeps it."""
    picture, file = Image.new("RGB", (40, 30), colour), io.BytesIO()
    details = Image.Exif()
    details[0x010E] = f"taken at {PLACE}"
    picture.save(file, "JPEG", exif=details)
    return file.getvalue()


@pytest.fixture
def editorial():
    return Editorial()


def with_a_picture(editorial, words="试鸣点位分布图"):
    version = editorial.draft()
    file = actions.add_picture(
        version, name="照片.jpg", content=a_photograph(), words=words, by=editorial.clerk
    )
    return actions.place_picture(version, file=file, words=words, by=editorial.clerk), file


def test_fil_05_a_picture_is_drawn_anew_without_the_place_it_was_taken_at(editorial):
    _, file = with_a_picture(editorial)

    kept = desk_files().read(file.sha256)
    assert PLACE.encode() in a_photograph()
    assert PLACE.encode() not in kept
    assert Image.open(io.BytesIO(kept)).size == (40, 30)


def test_a_released_picture_is_shown_in_the_text_and_not_again_as_an_attachment(editorial, client):
    version, file = with_a_picture(editorial)
    editorial.published(version)

    item = PublishedItem.objects.get()
    assert f'<img src="/files/{file.sha256}" alt="试鸣点位分布图">' in item.html
    assert [each.sha256 for each in item.files.all()] == [file.sha256]


def test_pub_02_a_picture_changed_after_review_stops_the_release(editorial):
    version, file = with_a_picture(editorial)
    editorial.signed(version)
    version.attachments.filter(pk=file.pk).update(sha256="e" * 64)

    with pytest.raises(Refusal, match="内容与送审时不一致"):
        actions.publish(version, by=editorial.clerk)
    assert not PublishedItem.objects.exists()


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ('<p><img src="/files/{other}" alt="图"></p>', "没有上传"),
        ('<p><img src="https://example.com/1.png" alt="图"></p>', "没有上传"),
        ('<p><img src="/files/{own}" alt=" "></p>', "没有说明"),
    ],
)
def test_a_picture_that_readers_would_not_get_stops_the_submission(editorial, body, told):
    version, file = with_a_picture(editorial)
    words = body.format(other="a" * 64, own=file.sha256)
    version = actions.write(version, values={"body": words}, edits=version.edits, by=editorial.clerk)

    assert [each for each in objections(before_review(version)) if "图片" in each] != []
    with pytest.raises(Refusal, match=told):
        actions.submit(version, by=editorial.clerk)
    version.refresh_from_db()
    assert version.stage == "drafting"


@pytest.mark.parametrize(
    ("name", "content", "words", "told"),
    [
        ("图.jpg", a_photograph(), " ", "请填写图片说明"),
        ("图.jpg", a_photograph(), "长" * 101, "最多100字"),
        ("图.gif", a_photograph(), "图", "只能插入jpg、png"),
        ("图.jpg", b"%PDF-1.7 no picture", "图", "不能插入“图.jpg”"),
    ],
)
def test_what_is_no_picture_or_has_no_words_is_refused(editorial, name, content, words, told):
    version = editorial.draft()

    with pytest.raises(Refusal, match=re.escape(told)):
        actions.add_picture(version, name=name, content=content, words=words, by=editorial.clerk)
    assert not version.attachments.exists()


def test_two_pictures_of_one_name_are_both_kept(editorial):
    version = editorial.draft()
    for colour in ("red", "blue", "red"):
        actions.add_picture(
            version, name="照片.jpg", content=a_photograph(colour), words="图", by=editorial.clerk
        )

    assert list(version.attachments.values_list("name", flat=True)) == ["照片.jpg", "照片（2）.jpg"]


def test_the_editor_inserts_a_picture_and_keeps_its_own_unsaved_text(editorial, client):
    version = editorial.draft()
    enter(client, editorial.clerk)
    upload = {"picture": SimpleUploadedFile("图.jpg", a_photograph()), "words": "分布图"}

    answer = client.post(
        reverse("catalogue:add_picture", args=[version.public_id]),
        upload,
        headers={"Accept": "application/json"},
    )

    address = answer.json()["address"]
    shown = client.get(address)
    assert (shown.status_code, shown["Content-Type"]) == (200, "image/jpeg")
    version.refresh_from_db()
    assert "<img" not in version.body

    page = client.get(reverse("catalogue:write", args=[version.public_id]))
    given = {name: value for name, value in page.context["form"].initial.items() if value is not None}
    given |= {"body": f'<p>见图。<img src="{address}" alt="分布图"></p>', "other_columns": []}
    client.post(reverse("catalogue:write", args=[version.public_id]), given)

    version.refresh_from_db()
    file = version.attachments.get()
    assert version.body == f'<p>见图。<img src="/files/{file.sha256}" alt="分布图"></p>'
    assert address in client.get(reverse("catalogue:version", args=[version.public_id])).content.decode()


def test_a_refused_picture_says_why_to_the_editor_and_on_the_page(editorial, client):
    version = editorial.draft()
    enter(client, editorial.clerk)
    url = reverse("catalogue:add_picture", args=[version.public_id])

    answer = client.post(url, {"words": "图"}, headers={"Accept": "application/json"})
    page = client.post(url, {"words": "图"}, follow=True)

    assert (answer.status_code, answer.json()) == (400, {"refusal": "请先选一张图片。"})
    assert "请先选一张图片。" in page.content.decode()
    assert not version.attachments.exists()


def test_acl_02_a_picture_of_another_agency_is_not_shown(editorial, client):
    version, file = with_a_picture(editorial)
    other = an_agency(name="示例市教育局", short_name="市教育局")
    enter(client, a_person(other, Power.DRAFT_ITEMS))

    assert client.get(reverse("catalogue:picture", args=[version.public_id, file.sha256])).status_code == 404


def test_an_attachment_that_cleaned_is_another_one_is_told_so_and_kept(editorial):
    version, shown = with_a_picture(editorial)
    raw = actions.attach(version, name="原图.jpg", content=a_photograph(), by=editorial.clerk)

    with pytest.raises(Refusal, match=r"“原图\.jpg”清理后与附件“照片\.jpg”完全相同"):
        actions.clean_attachment(version, sha256=raw.sha256, by=editorial.clerk)

    assert set(version.attachments.values_list("sha256", flat=True)) == {shown.sha256, raw.sha256}
