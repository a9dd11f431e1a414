"""数量、频次明显超过合理范围的申请. Ask for reasons, then do not process, reply, or defer the reply (条例第三十五条).

The Regulations give no number for what is excessive: a person judges it. A deferral (延迟答复) is not an extension (延长).
"""

from dataclasses import dataclass
from enum import StrEnum

from gongkai.rules.citation import REGULATIONS, Certainty
from gongkai.rules.explanation import Explanation, Step

BASIS = REGULATIONS.article(35)
# No text stops the clock while reasons are awaited, so it runs on: our reading.
REASONS_DO_NOT_PAUSE = REGULATIONS.article(35, certainty=Certainty.INFERENCE)

# That nothing can be added to a deferral follows from the article, which knows one reasonable period only: our reading.
DEFERRED = Step(
    "以告知申请人的延迟期限为答复期限，此后不能再延长", REGULATIONS.article(35, certainty=Certainty.INFERENCE)
)


class ExcessiveHandling(StrEnum):
    """怎么办."""

    NOT_PROCESSED = "not_processed"  # 理由不合理，告知不予处理
    REPLY = "reply"  # 理由合理，按期答复
    DEFER = "defer"  # 理由合理但不能按期答复，确定延迟答复的合理期限


@dataclass(frozen=True, slots=True)
class ExcessiveAnswer:
    """处理方式 with its reason."""

    handling: ExcessiveHandling
    explanation: Explanation


def handle_excessive(*, reasons_accepted: bool, can_reply_in_time: bool) -> ExcessiveAnswer:
    """说明理由之后怎么办.

    >>> handle_excessive(reasons_accepted=True, can_reply_in_time=False).handling.value
    'defer'
    """
    asked = Step("申请数量、频次明显超过合理范围，要求申请人说明理由，答复期限照常计算", REASONS_DO_NOT_PAUSE)
    if not reasons_accepted:
        handling, text = ExcessiveHandling.NOT_PROCESSED, "申请理由不合理，告知申请人不予处理"
    elif can_reply_in_time:
        handling, text = ExcessiveHandling.REPLY, "申请理由合理，在答复期限内答复"
    else:
        handling = ExcessiveHandling.DEFER
        text = "申请理由合理，但无法在答复期限内答复，确定延迟答复的合理期限并告知申请人"
    return ExcessiveAnswer(handling, Explanation((asked, Step(text, BASIS)), text))
