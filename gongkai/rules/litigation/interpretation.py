"""行政诉讼法的司法解释. The Court's interpretation of 2018, as far as a defendant's periods and place depend on it."""

from datetime import date

from gongkai.rules.citation import Instrument

LITIGATION_INTERPRETATION_2018 = Instrument(
    title="最高人民法院关于适用《中华人民共和国行政诉讼法》的解释",
    number="法释〔2018〕1号",
    short="行政诉讼法司法解释",
    in_force_from=date(2018, 2, 8),
    unconfirmed="文号、施行日期、条文序号",
)
