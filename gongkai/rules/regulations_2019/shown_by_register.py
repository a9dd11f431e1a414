"""由登记公示落实的. Which heads of article 20 are met by what a register shows, besides the information placed under them."""

# 第二十条 names the results of licensing (5), the penalties of some social influence and the bases of compulsion (6) and
# the charges (8). That lists of powers and of what they answer for show the bases of (5) and (6) is our reading (待核).
SHOWN_BY = {
    "licences": ("licences", "power-list", "duty-list"),
    "penalties_and_compulsion": ("penalties", "compulsion-statistics", "power-list", "duty-list"),
    "charges": ("charges",),
}
UNITS = {"licences": "件", "penalties": "件"}  # the others are lists, one edition of each in force


def unit_of(register: str) -> str:
    """计量单位.

    >>> unit_of("penalties"), unit_of("charges")
    ('件', '份')
    """
    return UNITS.get(register, "份")
