"""清明 by astronomy. The formula in rules agrees with the sun's longitude reaching 15 degrees, in Beijing time."""

from datetime import datetime, timedelta
from math import radians, sin

import pytest

from gongkai.rules.regulations_2019.receipt import BEIJING
from gongkai.rules.working_days.statutory import FIRST_YEAR, LAST_YEAR, tomb_sweeping_day

J2000 = datetime(2000, 1, 1, 20, tzinfo=BEIJING)


def apparent_longitude_of_the_sun(moment: datetime) -> float:
    """Degrees, to about a hundredth (two minutes of time and more than enough for a day)."""
    centuries = ((moment - J2000) / timedelta(days=1) + 0.0008) / 36525
    mean = 280.46646 + 36000.76983 * centuries
    anomaly = radians(357.52911 + 35999.05029 * centuries)
    centre = 1.914602 * sin(anomaly) + 0.019993 * sin(2 * anomaly) + 0.000289 * sin(3 * anomaly)
    node = radians(125.04 - 1934.136 * centuries)
    return (mean + centre - 0.00569 - 0.00478 * sin(node)) % 360


@pytest.mark.parametrize("year", range(FIRST_YEAR, LAST_YEAR + 1))
def test_tomb_sweeping_day_is_when_the_sun_reaches_fifteen_degrees(year: int) -> None:
    day = datetime.combine(tomb_sweeping_day(year), datetime.min.time(), BEIJING)

    assert apparent_longitude_of_the_sun(day) < 15 <= apparent_longitude_of_the_sun(day + timedelta(days=1))
