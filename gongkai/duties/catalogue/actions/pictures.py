"""正文里的图片. Drawn anew, with the words that stand for it; kept and reviewed as an attachment, shown in the text."""

from django.db import transaction
from django.utils.html import format_html

from gongkai.agencies.access import Refusal
from gongkai.agencies.models import Person
from gongkai.audit.record import record
from gongkai.duties.catalogue.actions.drafting import attach, locked, require_drafter
from gongkai.duties.catalogue.models import Attachment, Version
from gongkai.duties.catalogue.pictures import address
from gongkai.gateways.files import desk_files
from gongkai.screening import files
from gongkai.screening.inspection import CannotInspect
from gongkai.virus_checks.actions import look_at

LONGEST_WORDS = 100
_KINDS = ("jpg", "jpeg", "png")


def add_picture(version: Version, *, name: str, content: bytes, words: str, by: Person) -> Attachment:
    """插入图片. ``words`` is what a reader hears who cannot see it (GB/T 37668); position and camera are gone (FIL-05)."""
    words = " ".join(words.split())
    if not words:
        raise Refusal("请填写图片说明：看不见图片的读者靠它知道图片的内容。")
    if len(words) > LONGEST_WORDS:
        raise Refusal(f"图片说明最多{LONGEST_WORDS}字，现在{len(words)}字，请缩短。")
    if name.rpartition(".")[2].lower() not in _KINDS:
        raise Refusal("正文里只能插入jpg、png图片；其他文件请作为附件上传。")
    require_drafter(by, version.agency, version.section)
    look_at(content, name=name, by=by)
    try:
        drawn = files.clean(name, content).data
    except CannotInspect as refusal:
        raise Refusal(f"不能插入“{name}”：{refusal}") from None
    file = version.attachments.filter(sha256=desk_files().put(drawn)).first()
    return file or attach(version, name=_free_name(version, name), content=drawn, by=by)


def place_picture(version: Version, *, file: Attachment, words: str, by: Person) -> Version:
    """放在正文末尾, for an editor without scripts, who then moves it."""
    with transaction.atomic():
        version = locked(version, "write", by=by)
        version.body += format_html('<p><img src="{}" alt="{}"></p>', address(file.sha256), words)
        version.edits += 1
        version.save(update_fields=["body", "edits"])
        record("catalogue.version.written", by=by, subject=version, detail={"edits": version.edits})
    return version


def _free_name(version: Version, name: str) -> str:
    """Two pictures from one telephone often have one name."""
    stem, _, extension = name.rpartition(".")
    taken = set(version.attachments.values_list("name", flat=True))
    number, free = 2, name
    while free in taken:
        number, free = number + 1, f"{stem}（{number}）.{extension}"
    return free
