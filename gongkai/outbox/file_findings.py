"""文件夜间核对的结果, as the audit trail of the desk holds it, and whether what was found then is still so."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from gongkai.audit.models import Entry
from gongkai.gateways.files import FileDamaged, FileMissing, desk_files, intake_files, public_files
from gongkai.portal.models import PublishedFile

CHECKED = "outbox.files_checked"
NAMED = 20  # of those that were wrong
_SILENT = timedelta(days=3)
_STORES = {"desk": desk_files, "public": public_files, "intake": intake_files}


@dataclass(frozen=True, slots=True)
class Health:
    """文件的状况: a sentence, and whether nobody has to do anything."""

    words: str
    good: bool


def last_check() -> Entry | None:
    return Entry.objects.filter(action=CHECKED).order_by("-sequence").first()


def health(now: datetime) -> Health:
    """What was put right since, from a backup, is no longer told."""
    last = last_check()
    if last is None:
        return Health("还没有核对过，每天凌晨由后台核对", good=True)
    told = json.loads(last.detail)
    words = f"{timezone.localtime(last.at):%m-%d %H:%M}核对{told['files']}个"
    still = [each["file"] for each in told["named"] if _is_wrong(each)]
    if still:
        more = f"等{told['wrong']}个" if told["wrong"] > len(still) else f"{len(still)}个"
        advice = "打开和下载已经自动停止，请从备份恢复，并查明原因（gongkai verify列出全部）"
        return Health(f"{words}，{more}损坏或者缺失（{still[0][:12]}…），{advice}", good=False)
    if now - last.at > _SILENT:
        return Health(f"{words}，此后没有再核对，请看后台是否一直在运行", good=False)
    return Health(f"{words}，与摘要一致", good=True)


def _is_wrong(found: dict[str, str]) -> bool:
    try:
        _STORES[found["store"]]().check(found["file"])
    except FileMissing:
        return found["what"] == "missing" and _is_named(found["file"])
    except (FileDamaged, OSError):
        return True
    return False


def _is_named(file: str) -> bool:
    return PublishedFile.objects.filter(sha256=file).exists()
