"""发布的一项要求."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Requirement:
    """一项要求: whether it is met, why not, and where on the form to put it right."""

    label: str
    objection: str = ""
    place: str = ""

    @property
    def is_met(self) -> bool:
        return not self.objection
