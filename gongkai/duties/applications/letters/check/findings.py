"""核对发现."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """一处发现. ``stops``: the letter does not leave with it; otherwise a person looks and decides."""

    code: str
    place: str
    problem: str
    advice: str
    stops: bool = True

    def __str__(self) -> str:
        return f"{self.place}：{self.problem}。{self.advice}。"
