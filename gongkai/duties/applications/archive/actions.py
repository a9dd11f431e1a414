"""归档. Asked for by a person when the case is closed, put together by the worker, read with a reason."""

from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from gongkai.agencies import sealed_files
from gongkai.agencies.access import Refusal, require
from gongkai.agencies.models import Person
from gongkai.agencies.powers import Power
from gongkai.audit.record import record
from gongkai.duties.applications.archive.binding import bind
from gongkai.duties.applications.archive.models import Bundle
from gongkai.duties.applications.letters.keeping import keep, kept, sha256
from gongkai.duties.applications.models import Application
from gongkai.outbox.actions import enqueue
from gongkai.registers.actions import lock, require_keeper, require_reason

State = Bundle.State
_NOT_OPENED = "有一份材料打不开：文件缺失、密钥不符，或者内容被改动过，请系统管理员核查后重新归档。"


def put_together(application: Application, *, by: Person) -> Bundle:
    """归档: only what is closed, and once for each state of the case."""
    with transaction.atomic():
        case = lock(application)
        require_keeper(by, case.agency, case.section)
        if case.voided_at:
            raise Refusal("不能归档：这件申请已经作废。")
        if case.status != Application.Status.CLOSED:
            raise Refusal("不能归档：这件申请还没有办结，办结以后再归档（条例第四十五条）。")
        bundle = Bundle(agency=case.agency, application=case, case_version=case.version, by=by)
        try:
            with transaction.atomic():
                bundle.save(force_insert=True)
        except IntegrityError:
            raise Refusal("不能归档：这件申请现在的情况已经归档。有了新的经过以后，可以再次归档。") from None
        enqueue("application_archive.make", {"bundle": bundle.public_id})
        record("application_archive.asked", by=by, subject=bundle)
    return bundle


def carry_out(payload: Mapping[str, Any]) -> Mapping[str, Any]:
    """制作, by the worker: done twice, the second file takes the place of the first, which nobody was told of."""
    bundle = Bundle.objects.select_related("application__agency", "application__section").get(
        public_id=payload["bundle"]
    )
    if bundle.state != State.MAKING:
        return {}
    try:
        content, index = bind(bundle.application)
    except (Refusal, *sealed_files.UNREADABLE):
        return {"failure": _NOT_OPENED}
    file = keep(bundle, "file", content)
    return {"file": file, "digest": sha256(content), "size": len(content), "index": index}


def finish(payload: Mapping[str, Any], receipt: Mapping[str, Any] | None) -> None:
    """制成，或者没有制成; in the worker's transaction."""
    bundle = Bundle.objects.select_for_update().get(public_id=payload["bundle"])
    if bundle.state != State.MAKING or not receipt:
        return
    if "failure" in receipt:
        bundle.state, bundle.failure = State.FAILED, receipt["failure"]
        bundle.save(update_fields=["state", "failure"])
        record("application_archive.not_made", by=None, subject=bundle)
        return
    bundle.state, bundle.made_at = State.MADE, timezone.now()
    bundle.file, bundle.digest = receipt["file"], receipt["digest"]
    bundle.size, bundle.index = receipt["size"], list(receipt["index"])
    bundle.save(update_fields=["state", "made_at", "file", "digest", "size", "index"])
    record("application_archive.made", by=None, subject=bundle, detail={"digest": bundle.digest})


def read(bundle: Bundle, *, reason: str, by: Person) -> bytes:
    """取出案卷: who took it and why is kept; the bytes are proved to be the ones that were archived."""
    reason = require_reason(reason, of="取出案卷")
    require(by, Power.READ_APPLICANTS, bundle.agency, on=timezone.localdate())
    if bundle.state != State.MADE:
        raise Refusal("不能取出：案卷还没有制成。")
    with transaction.atomic():
        record("application_archive.read", by=by, subject=bundle, reason=reason)
        content = kept(bundle, "file")
    if sha256(content) != bundle.digest:
        raise Refusal("不能取出：案卷与归档时的摘要不符，请系统管理员核查。")
    return content
