"""来信的台账."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from gongkai.agencies.models import Agency
from gongkai.duties.mailbox import actions
from gongkai.duties.mailbox.models import Letter
from gongkai.registers.description import Register, Values, column, sections
from gongkai.registers.models import RegisterEntry
from gongkai.sealing import vault

SEALED = ("writer", "text")


def builder(agency: Agency) -> Callable[[Values], RegisterEntry]:
    """Makes unsaved letters without what is personal, which is sealed when they are written."""

    def build(values: Values) -> Letter:
        plain = {name: value for name, value in values.items() if value is not None and name not in SEALED}
        return Letter(agency=agency, **plain)

    return build


def seal(entries: Sequence[RegisterEntry], rows: Sequence[Values]) -> None:
    """Seal writer and text of these rows."""
    sealer = vault.sealer("correspondents")
    for entry, values in zip(entries, rows, strict=True):
        assert isinstance(entry, Letter)  # noqa: S101 — made by ``builder``
        for name in SEALED:
            entry.seal(name, values.get(name) or "", sealer=sealer)


LETTERS = Register(
    key="letters",
    title="信箱台账",
    model=Letter,
    fields=(
        column(Letter, "number", "信件编号", "序号"),
        column(Letter, "title", "来信标题", "主题"),
        replace(column(Letter, "kind", "类型", "来信类别"), required=False),
        column(Letter, "received_on", "来信日期", "来信时间", "收件日期"),
        column(Letter, "replied_on", "回复日期", "办结日期", "回复时间"),
        column(Letter, "agreed_due_on", "办理期限", may_be_future=True),
        column(Letter, "published_on"),
        column(Letter, "writer", "写信人", "姓名", note="加密保存，不出现在清单和导出中"),
        column(Letter, "text", "来信内容", note="加密保存，不出现在清单和导出中"),
        column(Letter, "section", "承办科室", "办理科室"),
        column(Letter, "remark"),
    ),
    natural_key=("number",),
    listed=("number", "title", "kind", "received_on", "due_on", "replied_on", "section"),
    by_date="received_on",
    enter=actions.register_letter,
    builder=builder,
    seal=seal,
    rectifiable=(
        "number",
        "title",
        "kind",
        "received_on",
        "replied_on",
        "agreed_due_on",
        "published_on",
        "section",
        "remark",
    ),
    search_exact=("number",),
    search_within=("title",),
    filters=("kind",),
    lookups={"section": sections},
)

REGISTERS = (LETTERS,)
