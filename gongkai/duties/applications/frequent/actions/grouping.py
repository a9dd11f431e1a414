"""归并同一内容的申请 (条例第四十四条). People put applications together; the count of askers follows."""

from django.db import IntegrityError, transaction
from django.utils import timezone

from gongkai.agencies.access import Refusal, require
from gongkai.agencies.models import Person
from gongkai.agencies.powers import Power
from gongkai.audit.record import record
from gongkai.duties.applications.frequent.models import Membership, Topic
from gongkai.duties.applications.models import Application
from gongkai.registers.actions import require_reason


def begin_topic(application: Application, *, title: str, by: Person) -> Topic:
    """立一项内容 with its first application. The title names the information, nobody who asked."""
    title = " ".join(title.split())
    if not title or len(title) > 100:
        raise Refusal("请填写内容的名称，最多100字，不写申请人。")
    with transaction.atomic():
        _require(application, by)
        topic = Topic.objects.create(agency=application.agency, title=title, by=by)
        record("frequent.topic_begun", by=by, subject=topic)
        Membership.objects.create(agency=topic.agency, topic=topic, application=application, by=by)
    return topic


def put_in(topic: Topic, application: Application, *, by: Person) -> Membership:
    """归入. A closed application may be put in too: what was asked stays asked."""
    try:
        with transaction.atomic():
            _require(application, by)
            if topic.agency_id != application.agency_id:
                raise Refusal("没有这项内容，请重新选择。")
            member = Membership.objects.create(
                agency=topic.agency, topic=topic, application=application, by=by
            )
            record("frequent.put_in_topic", by=by, subject=member, detail={"topic": topic.public_id})
    except IntegrityError:
        raise Refusal("不能重复归入：这件申请已经在这项内容里。") from None
    return member


def take_out(member: Membership, *, reason: str, by: Person) -> Membership:
    """移出, put in by mistake."""
    reason = require_reason(reason, of="移出归并的申请")
    with transaction.atomic():
        _require(member.application, by)
        member = Membership.objects.select_for_update(of=("self",)).get(pk=member.pk)
        if member.struck_at:
            raise Refusal("不能移出：已经移出。")
        member.struck_at, member.strike_reason = timezone.now(), reason
        member.save(update_fields=["struck_at", "strike_reason"])
        record("frequent.taken_out_of_topic", by=by, subject=member, reason=reason)
    return member


def _require(application: Application, by: Person) -> None:
    require(by, Power.KEEP_REGISTERS, application.agency, on=timezone.localdate())
    if application.voided_at:
        raise Refusal("不能归并：这件申请已经作废。")
