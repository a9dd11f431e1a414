"""Texts with a mark of classification, and texts that only speak about secrecy; all invented."""

import itertools
import random
from collections.abc import Iterator

_LEVELS = ("绝密", "机密", "秘密")
_TERMS = ("10年", "20年", "三十年", "长期", "6个月", "１０年", "2030年12月31日前", "")
_BODY = ("示例市国防动员办公室文件", "关于开展检查的通知", "各区县办公室：", "现将有关事项通知如下。")


def _wide(text: str) -> str:
    return "".join(chr(ord(sign) + 0xFEE0) if "!" <= sign <= "~" else sign for sign in text)


def _written(rng: random.Random, level: str, term: str) -> str:
    star = rng.choice("★☆⭐")
    return rng.choice(
        (
            f"{level}{star}{term}",
            f"{level} {star} {term}",
            f"{' '.join(level)} {star}{term}",
            f"{level}\u3000{star}\u3000{term}",
            f"{level}★{_wide(term)}",
            f"{level}\u200b{star}{term}",
            "\n".join((*level, star, term or star)),
            f"密级：{level}{star}{term}",
            f"密级: {level}",
            f"{level}级{star}{term}",
            f"【{level}】",
            f"密 级：{level}  份号：000012",
            {"绝密": "絕密", "机密": "機密", "秘密": "祕密"}[level] + star + term,
            f"{' '.join(level)}",
            f"{level}\t{star}{term}",
            f"{level} {term or '10年'}",
        )
    )


def marked(seed: int = 1, count: int = 200) -> Iterator[str]:
    """Texts with a mark at the top, in the middle of a header line, or at the end."""
    rng = random.Random(seed)
    for level, term in itertools.islice(itertools.cycle(itertools.product(_LEVELS, _TERMS)), count):
        mark = _written(rng, level, term)
        place = rng.randrange(3)
        lines = [*_BODY]
        lines.insert((0, 1, len(lines))[place], mark)
        yield "\n".join(lines)


_SENTENCES = (
    "国家秘密的密级分为绝密、机密、秘密三级。",
    "{a}级国家秘密是重要的国家秘密，泄露会使国家安全和利益遭受损害。",
    "保密期限，绝密级不超过三十年，机密级不超过二十年，秘密级不超过十年。",
    "机关、单位对所产生的{a}级事项，应当按照规定确定密级、保密期限和知悉范围。",
    "任何单位和个人不得泄露国家秘密、商业秘密。",
    "涉及国家秘密的政府信息，不予公开（条例第十四条）。",
    "{n}年，全市共查处{a}级文件管理不规范问题{n}个。",
    "本办共定密{n}件，其中机密{n}件、秘密{n}件。",
    "知悉{a}级国家秘密的人员，离岗离职实行脱密期管理。",
    "{a}文件的收发、传递、保存和销毁，应当符合国家保密规定。",
    "如何理解“{a}级”国家秘密？{a}级国家秘密是指……",
    "国家秘密标志形式为密级★保密期限，如“{a}★10年”字样的标志应当标注在封面左上角。",
    "某干部违规使用手机拍摄{a}文件并转发，被依法处理。",
    "个人隐私、商业秘密等公开会对第三方合法权益造成损害的，不得公开。",
    "保密审查应当逐项进行，先审查、后公开。",
    "定密责任人对{a}级事项的变更、解除负责。",
    "《中华人民共和国保守国家秘密法》规定，{a}级国家秘密载体应当专人保管。",
    "密级：是指国家秘密的等级，分为绝密、机密、秘密。",
    "涉密会议应当明确密级，密级为{a}级及以上的不得使用无线话筒。",
    "申请公开的内容属于{a}级国家秘密，本机关决定不予公开。",
    "保密工作要点：一是强化定密管理；二是加强{a}文件管理；三是开展检查。",
    "商业秘密保护指南\n一、什么是商业秘密\n商业秘密是指不为公众所知悉的技术信息和经营信息。",
    "密级\t期限\n绝密\t不超过30年\n机密\t不超过20年\n秘密\t不超过10年",
    "国家秘密的等级：\n绝密\n机密\n秘密",
)


def about(seed: int = 2, count: int = 500) -> Iterator[str]:
    """Articles, notices, statistics and questions about secrecy, each of several sentences."""
    rng = random.Random(seed)
    for _ in range(count):
        chosen = rng.sample(_SENTENCES, rng.randint(2, 5))
        parts = [sentence.format(a=rng.choice(_LEVELS), n=rng.randint(1, 40)) for sentence in chosen]
        yield (
            rng.choice(("", "\n")).join(["关于保密工作的说明\n", *parts])
            if rng.random() < 0.7
            else "\n".join(parts)
        )
