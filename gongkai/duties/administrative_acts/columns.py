"""执法公示的栏目. Where decisions and lists stand on the public side: inside the statutory part of the disclosure column."""

from collections.abc import Iterator
from dataclasses import replace

from gongkai.portal.payloads import ColumnPayload

_VERSION = 1  # raised when a line below changes, so that the columns are sent anew
_STATUTORY = ColumnPayload(
    version=0,  # stands in only until the disclosure column itself has been released
    slug="statutory",
    name="法定主动公开内容",
    column_type="信息公开",
    description="条例第二十条规定应当主动公开的政府信息",
    keywords="政府信息公开,法定主动公开内容",
    part="statutory",
    layout="page",
    position=2,
)
_ROOT = ColumnPayload(
    version=_VERSION,
    slug="administrative-acts",
    name="行政执法公示",
    column_type="信息公开",
    description="行政许可、行政处罚决定，行政强制统计，收费目录，权力清单和责任清单",
    keywords="行政执法公示,双公示,权责清单",
    parent="statutory",
    position=50,
)
LINES = (
    ("licences", "行政许可", "准予行政许可的决定，按决定日期排列，可以按年份、文号查找"),
    ("penalties", "行政处罚", "具有一定社会影响的行政处罚决定，按决定日期排列，可以按年份、文号查找"),
    ("compulsion-statistics", "行政强制统计", "各年度作出的行政强制决定件数，不逐件公开"),
    ("charges", "收费目录", "行政事业性收费项目、依据、标准和各年度收取金额"),
    ("power-list", "权力清单", "行使的行政权力、种类、依据和责任科室"),
    ("duty-list", "责任清单", "各项行政权力对应的责任事项和追责情形"),
)


def columns() -> Iterator[ColumnPayload]:
    """Those above first."""
    yield _STATUTORY
    yield _ROOT
    for position, (slug, name, description) in enumerate(LINES, start=1):
        yield replace(
            _ROOT,
            slug=slug,
            name=name,
            description=description,
            keywords=f"行政执法公示,{name}",
            parent=_ROOT.slug,
            layout="acts",
            position=position,
        )
