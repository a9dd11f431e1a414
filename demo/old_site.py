"""旧站迁入. The year's items with their texts, as the old site gave them out: moved in, compared, reviewed by another,
signed by a third, released. The ledger knew them already; they stay the same items and are counted once."""

import json
from collections.abc import Iterable, Iterator, Mapping
from io import BytesIO

from demo.year import YEAR, rows_of_items
from gongkai.agencies.models import Person
from gongkai.duties.catalogue.moving_in import actions
from gongkai.duties.catalogue.moving_in.models import Batch
from gongkai.duties.catalogue.moving_in.reconciliation import reconcile
from gongkai.duties.catalogue.moving_in.together import digest_of_stored
from gongkai.outbox.worker import run_waiting

_OPENINGS = {
    "工作动态": "{day}，我办到基层调研人防工程的维护管理，听取意见，现场研究解决办法。",
    "热点关注": "近日，有关部门发布消息，介绍国防动员和人民防空工作的新进展。",
    "通知公告": "根据年度工作安排，现将有关事项公告如下，请相关单位和市民周知。",
    "其他信息": "为方便社会各界了解我办工作，现将有关情况公布如下。",
}
_MIDDLES = (
    "各县（区）结合实际安排落实，遇到问题及时反映。",
    "人防工程平时由使用单位维护，每季度检查一次并做好记录。",
    "听到防空警报，请保持镇定，就近进入人防工程或者避难场所。",
    "有关资料可以在政务服务大厅国防动员窗口领取，也可以在本网站查阅。",
    "工作日的上午和下午均可咨询，咨询电话见本网站的公开指南。",
)


def move_in(people: Mapping[str, Person]) -> Batch:
    """The year that is reported."""
    return take_over(f"市国动办旧网站{YEAR}年", _told(), people)


def take_over(name: str, told: Iterable[Mapping[str, str]], people: Mapping[str, Person]) -> Batch:
    """From the old site's export to the portal, by the three people whose part it is."""
    author, reviewer, signatory = people["zuzhi"], people["xinbao"], people["lingdao"]
    data = json.dumps(list(told), ensure_ascii=False).encode()
    batch = actions.preview(name=name, file="旧站.json", data=BytesIO(data), by=author)
    batch = actions.move_in(batch, by=author)
    if not reconcile(batch).holds:
        raise AssertionError("旧站迁入：对账不一致")
    batch = actions.submit(batch, by=author)
    batch = actions.review(batch, seen=digest_of_stored(batch), by=reviewer)
    batch = actions.sign(batch, seen=digest_of_stored(batch), opinion="同意发布", by=signatory)
    batch = actions.release(batch, by=author)
    while run_waiting():
        pass
    batch.refresh_from_db()
    return batch


def _told() -> Iterator[dict[str, str]]:
    for number, (title, day, column, *_) in enumerate(rows_of_items(), 1):
        opening = _OPENINGS[column].format(day=f"{day.month}月{day.day}日")
        first, beside = number % len(_MIDDLES), 1 + number // len(_MIDDLES) % (len(_MIDDLES) - 1)
        middles = (_MIDDLES[first], _MIDDLES[(first + beside) % len(_MIDDLES)])
        yield {
            "标题": title,
            "栏目": column,
            "发布日期": day.isoformat(),
            "正文": "".join(f"<p>{text}</p>" for text in (opening, *middles)),
            "发布机构": "示例市国防动员办公室",
            "原网址": f"https://gfdy.example.gov.cn/old/{YEAR}/{number}.html",
        }
