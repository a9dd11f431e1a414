"""菜单. Every entry of the desk's menu, its address and the powers that make it appear, in one list."""

from dataclasses import dataclass

from django.urls import reverse

from gongkai.agencies.powers import Power


@dataclass(frozen=True, slots=True)
class Entry:
    """菜单项. Without powers it is there for everybody."""

    label: str
    url_name: str
    powers: tuple[Power, ...] = ()

    @property
    def address(self) -> str:
        return reverse(self.url_name)


@dataclass(frozen=True, slots=True)
class Group:
    label: str
    entries: tuple[Entry, ...]


# An app adds its entry here in the commit in which its screen lands.
MENU: tuple[Group, ...] = (Group("", (Entry("工作台", "desk:home"),)),)


def menu_for(powers: frozenset[Power]) -> list[Group]:
    """What a person with these powers sees."""
    groups = [
        Group(group.label, tuple(e for e in group.entries if not e.powers or powers & set(e.powers)))
        for group in MENU
    ]
    return [group for group in groups if group.entries]
