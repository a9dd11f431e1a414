"""逐项办理: what people do to the matters of an application."""

from gongkai.duties.applications.matters.actions.deciding import decide, name_main_ground
from gongkai.duties.applications.matters.actions.finding import (
    decide_pages,
    list_document,
    record_search,
    strike_document,
    strike_search,
)
from gongkai.duties.applications.matters.actions.listing import add_matters, strike_matter

__all__ = [
    "add_matters",
    "decide",
    "decide_pages",
    "list_document",
    "name_main_ground",
    "record_search",
    "strike_document",
    "strike_matter",
    "strike_search",
]
