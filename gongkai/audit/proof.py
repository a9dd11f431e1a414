"""验证. Walks the chain of one database and names every place where it does not hold (AUD-03, AUD-04)."""

from collections.abc import Iterator
from dataclasses import dataclass

from gongkai.audit import chain
from gongkai.audit.anchors import Anchor
from gongkai.audit.models import Entry, Head


@dataclass(frozen=True, slots=True)
class Fault:
    """不符之处: where, and what in plain words."""

    sequence: int
    message: str


@dataclass(frozen=True, slots=True)
class Proof:
    """验证结果: how many entries were read, the head they end in, and what does not hold."""

    database: str
    entries: int
    head: str
    faults: tuple[Fault, ...]

    @property
    def holds(self) -> bool:
        return not self.faults


def prove(alias: str, *, anchors: tuple[Anchor, ...] = ()) -> Proof:
    """Read every entry in order, recompute every digest, compare the head and the anchors kept elsewhere."""
    faults: list[Fault] = []
    wanted = {anchor.sequence: anchor.digest for anchor in anchors}
    previous, expected, count = chain.GENESIS, 1, 0
    for entry in Entry.objects.using(alias).order_by("sequence").iterator(chunk_size=2000):
        faults.extend(_faults_of(entry, expected=expected, previous=previous))
        if entry.sequence in wanted and wanted.pop(entry.sequence) != entry.digest:
            faults.append(Fault(entry.sequence, "与另存的锚不一致：这一条或它之前的记录被改写过"))
        previous, expected, count = entry.digest, entry.sequence + 1, count + 1
    faults.extend(_faults_of_the_end(alias, last=expected - 1, digest=previous))
    faults.extend(
        Fault(sequence, "另存的锚证明曾有这一条，现在没有：末尾被截去") for sequence in sorted(wanted)
    )
    return Proof(alias, count, previous, tuple(faults))


def _faults_of(entry: Entry, *, expected: int, previous: str) -> Iterator[Fault]:
    if entry.sequence != expected:
        yield Fault(expected, f"缺少第{expected}条至第{entry.sequence - 1}条：记录被删除")
    if entry.previous != previous:
        yield Fault(entry.sequence, "与前一条接不上：中间有删除、插入或调换")
    if entry.algorithm not in chain.ALGORITHMS:
        yield Fault(entry.sequence, "摘要算法不明：记录被改动")
    elif chain.digest_of(vars(entry), previous=entry.previous) != entry.digest:
        yield Fault(entry.sequence, "内容与摘要不符：记录被改动")


def _faults_of_the_end(alias: str, *, last: int, digest: str) -> Iterator[Fault]:
    head = Head.objects.using(alias).filter(pk=1).first()
    if head is None:
        if last:
            yield Fault(last, "链头丢失")
    elif head.sequence > last:
        yield Fault(last + 1, f"末尾缺少{head.sequence - last}条：记录被截去")
    elif (head.sequence, head.digest) != (last, digest):
        yield Fault(last, "链头与最后一条不符：末尾被改动或添加")
