"""看得到的待发事项. For the system administrator: kinds, times and failures, never what an item carries."""

from django.db.models import QuerySet

from gongkai.outbox.models import OutboxItem, WorkerBeat


def shelved() -> QuerySet[OutboxItem]:
    """多次失败的事项, newest first."""
    return (
        OutboxItem.objects.filter(status=OutboxItem.Status.SHELVED)
        .defer("payload", "receipt")
        .order_by("-pk")
    )


def newest(kind: str) -> OutboxItem | None:
    """最近一件 of this kind, to say how far it has come."""
    return OutboxItem.objects.filter(kind=kind).defer("payload", "receipt").order_by("-pk").first()


def waiting_count() -> int:
    return OutboxItem.objects.filter(status=OutboxItem.Status.WAITING).count()


def beats() -> QuerySet[WorkerBeat]:
    """各后台最近一次心跳."""
    return WorkerBeat.objects.order_by("-at")
