"""权责事项的台账."""

from gongkai.duties.administrative_acts.lists import actions
from gongkai.duties.administrative_acts.lists.models import PowerItem
from gongkai.registers.description import Register, column, sections

POWER_ITEMS = Register(
    key="power-items",
    title="权责事项台账",
    model=PowerItem,
    fields=(
        column(PowerItem, "code", "编码", "权力编码", "职权编码", "基本编码"),
        column(PowerItem, "name", "权力名称", "职权名称", "名称"),
        column(PowerItem, "kind", "职权类别", "权力类别", "类型"),
        column(PowerItem, "basis", "设定依据", "法律依据", "依据"),
        column(PowerItem, "since_on", "实施日期", "生效日期"),
        column(PowerItem, "duties", "责任", "职责"),
        column(PowerItem, "accountability", "追责依据", "追责情形和依据"),
        column(PowerItem, "status", "事项状态", required=False),
        column(PowerItem, "section", "责任科室", "实施科室", "承办机构", "承办科室"),
        column(PowerItem, "remark"),
    ),
    natural_key=("code",),
    listed=("code", "name", "kind", "status", "section", "since_on"),
    by_date="since_on",
    enter=actions.register_power_item,
    search_exact=("code",),
    search_within=("name",),
    filters=("kind",),
    lookups={"section": sections},
)

REGISTERS = (POWER_ITEMS,)
