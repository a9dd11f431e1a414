"""常见口令表的生成. Writes the shipped list from its ingredients; the same ingredients give the same bytes.

Run ``python -m gongkai.agencies.passwords.make_list`` after changing an ingredient.
"""

import gzip
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import product
from pathlib import Path


def _listed(text: str) -> tuple[str, ...]:
    return tuple(text.split())


WORDS = _listed("""password passwd admin administrator root welcome letmein master monkey dragon login access secret default
change changeme system server user guest test tester super manager oracle mysql postgres windows internet computer
iloveyou sunshine princess football baseball superman batman michael jordan shadow killer freedom whatever trustno
hello hellokitty charlie summer winter spring autumn flower orange banana chocolate cookie pepper ginger google baidu
tencent alibaba weixin wechat weibo taobao apple samsung huawei xiaomi lenovo computer network security office
government service public china zhongguo beijing shanghai guangzhou shenzhen tianjin chongqing nanjing wuhan
chengdu hangzhou xian suzhou qingdao dalian xiamen ningbo zhengzhou changsha shenyang haerbin kunming lanzhou
guiyang nanning hefei fuzhou jinan taiyuan shijiazhuang nanchang haikou wulumuqi huhehaote yinchuan xining lasa
woaini woaiwojia aini wodemima mima mimamima mima woshishui nihao nihaoma nihaoya zhongguoren woaizhongguo xiexie
kaixin kuaile pingan xingfu jiankang facai gongxifacai shengrikuaile xinnian chunjie zhongqiu guoqing tiananmen
changcheng huanghe changjiang renmin renminzhengfu zhengfu shizhengfu xianzhengfu zhengwu zhengwugongkai
xinxigongkai gongkai bangongshi bangongting mishu juzhang kezhang zhuren chuzhang shuji xianzhang shizhang
gongan jiaoyu weisheng caizheng shuiwu minzheng sifa renshe ziran huanbao zhujian jiaotong nongye shuili shangwu
wenhua tuiyi yingji shenji guozi shichang tongji xinfang zhengce fagui dangwei jiwei zuzhibu xuanchuanbu zhengxie
renda fayuan jianchayuan guanliyuan xitong yonghu denglu kouling anquan wangluo diannao shouji gongwen gongzuo""")

SURNAMES = _listed("""li wang zhang liu chen yang zhao huang zhou wu xu sun hu zhu gao lin he guo ma luo liang song zheng xie
han tang feng yu dong xiao cheng cao yuan deng xu fu shen zeng peng lu su jiang cai jia ding wei xue ye yan pan du
dai xia zhong tian ren fan fang shi yao tan liao zou xiong jin hao kong bai cui kang mao qiu qin gu shao meng long
wan duan qian""")
GIVEN = _listed("""wei fang na min jing li qiang lei jun yang yong yan jie juan tao ming chao xiulan xia ping gang guiying
jianguo jianjun zhiqiang xiaoming xiaohong yu lin bin bo hui hua ying ting xin yi hao peng fei long kai""")
TAILS = (
    "",
    "123",
    "1234",
    "12345",
    "123456",
    "520",
    "1314",
    "888",
    "666",
    "2024",
    "2025",
    "2026",
    "abc",
    "@123",
    "!@#",
)

ROWS = ("1234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm", "!@#$%^&*()")
COLUMNS = ("1qaz", "2wsx", "3edc", "4rfv", "5tgb", "6yhn", "7ujm", "8ik,", "9ol.", "0p;/")
# 机关名称的写法：全称、简称都常被用作口令。
AGENCY_HEADS = ("市", "县", "区", "省", "国家", "自治区", "州")
AGENCY_TAILS = _listed("""人民政府 人民政府办公室 政府办 政府 办公室 教育局 公安局 民政局 司法局 财政局 税务局 审计局 统计局 信访局
医疗保障局 卫生健康委员会 发展和改革委员会 住房和城乡建设局 自然资源局 生态环境局 交通运输局 水利局 农业农村局 商务局
文化和旅游局 退役军人事务局 应急管理局 市场监督管理局 国防动员办公室 政务服务局 城市管理局 人力资源和社会保障局""")
_FIRST_DAY, _LAST_DAY = date(1960, 1, 1), date(2010, 12, 31)


def ingredients() -> Iterator[str]:
    """Every entry, some more than once."""
    yield from _words()
    yield from (f"{surname}{given}{tail}" for surname, given, tail in product(SURNAMES, GIVEN, ("", "123")))
    yield from _keyboard_walks()
    yield from _digits()
    yield from (f"{head}{tail}" for head, tail in product(AGENCY_HEADS, AGENCY_TAILS))


def _words() -> Iterator[str]:
    for word, tail in product(WORDS, TAILS):
        yield word + tail


def _keyboard_walks() -> Iterator[str]:
    rows = [*ROWS, *(row[::-1] for row in ROWS), "abcdefghijklmnopqrstuvwxyz", "zyxwvutsrqponmlkjihgfedcba"]
    for row in rows:
        for length in range(4, len(row) + 1):
            yield from (row[place : place + length] for place in range(len(row) - length + 1))
    for count in (2, 3, 4, 5):
        for place in range(len(COLUMNS) - count + 1):
            columns = COLUMNS[place : place + count]
            yield "".join(columns)
            yield "".join(column[::-1] for column in columns)
            yield "".join(column if place % 2 else column[::-1] for place, column in enumerate(columns))
    for one, two in product(rows, rows):
        yield from (one[:length] + two[:length] for length in (3, 4, 5, 6))


def _digits() -> Iterator[str]:
    for digit in "0123456789":
        yield from (digit * length for length in range(4, 21))
    for pair in product("0123456789", repeat=2):
        yield from ("".join(pair) * times for times in (2, 3, 4, 6, 7))
    day = _FIRST_DAY
    while day <= _LAST_DAY:  # birthdays, and the year and month of them
        if day.day == 1 or (day.month, day.day) in {(10, 1), (5, 1), (12, 26), (7, 1), (8, 1)}:
            yield day.strftime("%Y%m%d")
        day += timedelta(days=1)
    yield from (
        "5201314",
        "1314520",
        "520520",
        "147258369",
        "123654789",
        "159357",
        "112233445566",
        "123123123123",
    )


def main() -> None:
    lines = sorted({entry.casefold() for entry in ingredients()})
    target = Path(__file__).with_name("common_passwords.txt.gz")
    # No time and no file name in the head of the file: the same list is the same bytes.
    target.write_bytes(gzip.compress("\n".join(lines).encode(), compresslevel=9, mtime=0))


if __name__ == "__main__":
    main()
