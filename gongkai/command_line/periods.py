"""命令行 ``gongkai period``. The reply period of an application from what happened to it, with its reasons (条例第三十三条)."""

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path

from gongkai.command_line import carry_out, exit_codes, parser
from gongkai.command_line.refusal import Refused
from gongkai.rules.editions import NoEdition
from gongkai.rules.regulations_2019 import events
from gongkai.rules.regulations_2019.consultation import Consulted
from gongkai.rules.regulations_2019.correction import DEFAULT_APPLICANT_WORKING_DAYS
from gongkai.rules.regulations_2019.events import Event
from gongkai.rules.regulations_2019.receipt import Channel
from gongkai.rules.regulations_2019.reply_period import BrokenHistory, ReplyPeriod, reply_period
from gongkai.rules.working_days import Calendar

_DAYS = ("%Y-%m-%d", "%Y年%m月%d日", "%Y.%m.%d", "%Y/%m/%d", "%Y%m%d")
_FEWEST, _MOST = 1, 366  # working days that anybody can mean
_LARGEST = 1024 * 1024
_CHANNELS = {each.label: each for each in Channel}
_HOW = f"""每件经过写成“日期 事项 说明”，例如：
  gongkai period "2026-03-02 收到 当面提交" "2026-03-09 征求第三方 甲公司" "2026-03-20 收到意见 甲公司"

事项：
  收到 渠道            渠道是{"、".join(_CHANNELS)}之一，不写是当面提交
  双方确认             需要确认收到之日的渠道
  告知补正 工作日数    不写是{DEFAULT_APPLICANT_WORKING_DAYS}个工作日
  补正告知送达、收到补正
  征求第三方 名称、征求共同制作机关 名称、征求其他机关 名称
  征求意见送达 名称、收到意见 名称
  延长 工作日数
  收费通知送达 发出日期  邮寄的写交邮之日；当面送达的不写
  缴费
  延迟答复 到哪一日
  答复"""
_EXIT_CODES = "退出码：0 已经算出；1 已经超期，或者有一步不合规定；2 经过不成立，或者命令写法不对。"


def main(arguments: Sequence[str]) -> int:
    return carry_out(_parse, arguments)


def _parse(arguments: Sequence[str]) -> argparse.Namespace:
    words = parser.Parser(
        prog="gongkai period",
        description="按经过计算答复期限，说明怎么算的，每一步注明条款。不需要数据库，不联网。",
        epilog=_EXIT_CODES,
    )
    words.add_argument("events", nargs="*", metavar="经过", help="一件经过，不按顺序也可以；写法见下")
    words.add_argument("-f", "--file", metavar="文件", help="从文件读经过，每行一件；“-”表示标准输入")
    words.add_argument("--on", metavar="日期", help="到哪一日看是否超期；不写是今天")
    words.add_argument("--json", action="store_true", help="以JSON输出，供程序使用")
    words.set_defaults(run=_run)
    try:
        return parser.parse(words, arguments)
    except parser.Usage as usage:
        if usage.was_asked_for or not arguments:
            raise parser.Usage(f"{usage}\n\n{_HOW}", was_asked_for=usage.was_asked_for) from None
        raise


def _run(chosen: argparse.Namespace) -> int:
    lines = [*chosen.events, *(_lines_of(chosen.file) if chosen.file else [])]
    if not lines:
        raise Refused(f"没有写经过。\n\n{_HOW}")
    on = _day(chosen.on) if chosen.on else date.today()  # noqa: DTZ011  the day where the person sits
    try:
        period = reply_period([_event(line) for line in lines], Calendar())
    except (BrokenHistory, NoEdition) as broken:
        raise Refused(f"{broken}。") from None
    except (OverflowError, ValueError):
        raise Refused("日期太早或者太晚，不能计算，请核对年份。") from None
    told = (
        json.dumps(_as_json(period, on), ensure_ascii=False, indent=2)
        if chosen.json
        else _as_text(period, on)
    )
    sys.stdout.write(told + "\n")
    return exit_codes.PROBLEMS if period.overdue_on(on) or period.irregularities else exit_codes.NOTHING_WRONG


def _lines_of(name: str) -> list[str]:
    try:
        data = sys.stdin.buffer.read(_LARGEST) if name == "-" else Path(name).read_bytes()[:_LARGEST]
        text = data.decode("utf-8-sig")
    except OSError:
        raise Refused(f"没有“{name}”这个文件，或者没有读取的权限。") from None
    except UnicodeDecodeError:
        raise Refused(f"“{name}”不是UTF-8的文字，请另存后再用。") from None
    return [line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]


def _event(line: str) -> Event:
    day, _, rest = " ".join(line.replace("，", " ").replace(",", " ").split()).partition(" ")
    word, _, more = rest.partition(" ")
    if word not in _WORDS:
        raise Refused(f"不认识“{line}”。事项是{'、'.join(_WORDS)}之一。")
    return _WORDS[word](_day(day), more)


def _day(text: str) -> date:
    for form in _DAYS:
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007  a day, not a moment
        except ValueError:
            continue
    raise Refused(f"“{text}”不是日期，请写成2026-03-02这样。")


def _number(text: str, otherwise: int | None = None) -> int:
    if not text and otherwise is not None:
        return otherwise
    if not (text.isascii() and text.isdigit()) or not _FEWEST <= int(text[:9]) <= _MOST:
        raise Refused(f"“{text}”不是工作日数，请写成{_FEWEST}至{_MOST}的整数。")
    return int(text)


def _received(on: date, channel: str) -> Event:
    meant = (
        [each for label, each in _CHANNELS.items() if channel in label] if channel else [Channel.IN_PERSON]
    )
    if len(meant) != 1:
        raise Refused(f"没有“{channel}”这种渠道，可以是：{'；'.join(_CHANNELS)}。")
    return events.Received(on, meant[0])


def _plain(kind: Callable[[date], Event]) -> Callable[[date, str], Event]:
    def made(on: date, more: str) -> Event:
        if more:
            raise Refused(f"“{more}”是多余的，请删去。")
        return kind(on)

    return made


def _sent(consulted: Consulted) -> Callable[[date, str], Event]:
    return lambda on, name: events.ConsultationSent(on, name, consulted)


_WORDS: dict[str, Callable[[date, str], Event]] = {
    "收到": _received,
    "双方确认": _plain(events.ReceiptConfirmed),
    "告知补正": lambda on, days: events.CorrectionAsked(
        on, working_days=_number(days, DEFAULT_APPLICANT_WORKING_DAYS)
    ),
    "补正告知送达": _plain(events.CorrectionDelivered),
    "收到补正": _plain(events.Corrected),
    "征求第三方": _sent(Consulted.THIRD_PARTY),
    "征求共同制作机关": _sent(Consulted.CO_MAKER),
    "征求其他机关": _sent(Consulted.OTHER_AGENCY),
    "征求意见送达": events.ConsultationDelivered,
    "收到意见": events.ConsultationAnswered,
    "延长": lambda on, days: events.Extended(on, _number(days)),
    "收费通知送达": lambda on, sent: events.FeeNoticed(on, _day(sent) if sent else None),
    "缴费": _plain(events.FeePaid),
    "延迟答复": lambda on, until: events.DeferralNoticed(on, _day(until)),
    "答复": _plain(events.Replied),
}


def _as_text(period: ReplyPeriod, on: date) -> str:
    lines = [*period.explanation.lines]
    lines += [f"不合规定：{each.refusal}" for each in period.irregularities]
    if period.overdue_on(on):
        lines.append("已经超期。")
    elif period.replied_in_time:
        lines.append("按期答复。")
    return "\n".join(lines)


def _as_json(period: ReplyPeriod, on: date) -> dict[str, object]:
    waiting = period.waiting_until
    return {
        "state": period.state.value,
        "received_on": period.received.received_on.isoformat(),
        "due_on": period.due_on.isoformat() if period.due_on else None,
        "waiting_until": waiting.day.isoformat() if waiting else None,
        "provisional": period.provisional,
        "awaiting_confirmation": period.awaiting_confirmation,
        "extended_by": period.extended_by,
        "replied_on": period.replied_on.isoformat() if period.replied_on else None,
        "replied_in_time": period.replied_in_time,
        "overdue": period.overdue_on(on),
        "irregularities": [str(each.refusal) for each in period.irregularities],
        "explanation": list(period.explanation.lines),
    }
