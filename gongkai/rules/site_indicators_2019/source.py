"""检查指标的出处."""

from datetime import date

from gongkai.rules.citation import Certainty, Instrument

INDICATORS_2019 = Instrument(
    title="政府网站与政务新媒体检查指标",
    number="国办秘函〔2019〕19号",
    short="国办秘函〔2019〕19号",
    in_force_from=date(2019, 4, 1),
)
READ = INDICATORS_2019.whole()
FROM_MEMORY = INDICATORS_2019.whole(certainty=Certainty.FROM_MEMORY)
INFERENCE = INDICATORS_2019.whole(certainty=Certainty.INFERENCE)
