"""表述词表的台账: the list, the form, the import with its dry run and the export are those of every register."""

from dataclasses import replace

from gongkai.duties.catalogue.wording.actions import add_entry
from gongkai.duties.catalogue.wording.contradictions import within
from gongkai.duties.catalogue.wording.models import WordingEntry
from gongkai.registers.description import Register, column

WORDING = Register(
    key="wording",
    title="表述词表",
    model=WordingEntry,
    fields=(
        replace(column(WordingEntry, "kind", "类型", "种类"), required=False),
        column(WordingEntry, "wrong", "错词", "错误表述"),
        column(WordingEntry, "right", "正词", "规范表述", "建议", "名称"),
        column(WordingEntry, "unless", "例外"),
        replace(column(WordingEntry, "added_on", "日期"), required=False),
        column(WordingEntry, "remark", "说明", "依据"),
    ),
    natural_key=("wrong", "right"),
    listed=("wrong", "right", "kind", "unless", "added_on"),
    by_date="added_on",
    enter=add_entry,
    search_within=("wrong", "right"),
    filters=("kind",),
    within_file=within,
)

REGISTERS = (WORDING,)
