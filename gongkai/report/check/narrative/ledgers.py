"""需要台账的文字. Figures in the prose that only the agency's registers could confirm: TX-11, TX-17."""

import re
from collections.abc import Iterator

from gongkai.report.check.catalogue import RULES
from gongkai.report.check.examination import Examination
from gongkai.report.check.findings import CannotJudge

_CHANNEL = re.compile(r"网站|微博|微信|公众号|新媒体|公示栏|公告栏|抖音")
_REGISTERED = re.compile(r"规范性文件|解读|征集|信箱|来信|问卷")


def judge_without_ledger(examination: Examination) -> Iterator[CannotJudge]:
    """Said once for each rule whose figures the text does give."""
    for rule, pattern, what in (
        ("TX-11", _CHANNEL, "各渠道的发布数"),
        ("TX-17", _REGISTERED, "文件、解读、征集、信箱的件数"),
    ):
        for sentence in examination.sentences:
            if sentence.quantities and pattern.search(sentence.text):
                why = f"没有本机关台账，不能核对文字中{what}。"
                yield RULES[rule].cannot_judge(sentence.place(), why)
                break
