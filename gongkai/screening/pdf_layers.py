"""PDF的图层. What stands in layers that are switched off: told by their names, and taken out of the pages."""

from collections.abc import Iterator
from typing import Any

import pikepdf

from gongkai.screening.inspection import Hidden, Trace
from gongkai.screening.pdf_values import drop, words_in


def traces(pdf: pikepdf.Pdf) -> Iterator[Hidden]:
    off = _off(pdf)
    if off:
        for group in pdf.Root.OCProperties.get("/OCGs", pikepdf.Array()):
            if group.objgen in off:
                yield Hidden(Trace.LAYER, f"图层“{words_in(group.get('/Name'))}”")


def _off(pdf: pikepdf.Pdf) -> set[tuple[int, int]]:
    properties = pdf.Root.get("/OCProperties")
    if not isinstance(properties, pikepdf.Dictionary):
        return set()
    default = properties.get("/D", pikepdf.Dictionary())
    off = {
        group.objgen
        for group in default.get("/OFF", pikepdf.Array())
        if isinstance(group, pikepdf.Dictionary)
    }
    off |= {
        group.objgen
        for group in properties.get("/OCGs", pikepdf.Array())
        if isinstance(group, pikepdf.Dictionary) and _is_off_on_screen(group)
    }
    if default.get("/BaseState") == pikepdf.Name.OFF:
        on = {group.objgen for group in default.get("/ON", pikepdf.Array())}
        off |= {group.objgen for group in properties.get("/OCGs", pikepdf.Array())} - on
    return off


def _is_off_on_screen(group: pikepdf.Dictionary) -> bool:
    """By its own word about its use, which a viewer follows."""
    view = group.get("/Usage", pikepdf.Dictionary()).get("/View", pikepdf.Dictionary())
    return bool(view.get("/ViewState") == pikepdf.Name.OFF)


def clean(pdf: pikepdf.Pdf) -> None:
    off = _off(pdf)
    if not off:
        return
    for page in pdf.pages:
        names = _hidden_names(page.obj.get("/Resources"), off)
        if any(names):
            page.obj.Contents = pdf.make_stream(_without_marked(page, *names))
            drop(page.obj.Resources.get("/Properties", pikepdf.Dictionary()), tuple(names[0]))
    for form in [
        each
        for each in pdf.objects
        if isinstance(each, pikepdf.Stream) and each.get("/Subtype") == pikepdf.Name.Form
    ]:
        names = _hidden_names(form.get("/Resources"), off)
        if any(names):
            form.write(_without_marked(form, *names))


def _hidden_names(resources: Any, off: set[tuple[int, int]]) -> tuple[set[str], set[str]]:
    """Names of marked content and of drawings that belong to layers that are off."""
    if not isinstance(resources, pikepdf.Dictionary):
        return set(), set()
    marked = {
        name
        for name, group in resources.get("/Properties", pikepdf.Dictionary()).items()
        if _is_off(group, off)
    }
    drawn = {
        name
        for name, each in resources.get("/XObject", pikepdf.Dictionary()).items()
        if isinstance(each, pikepdf.Stream) and _is_off(each.get("/OC"), off)
    }
    return marked, drawn


def _is_off(group: Any, off: set[tuple[int, int]]) -> bool:
    if not isinstance(group, pikepdf.Dictionary):
        return False
    members = group.get("/OCGs")
    if members is None:
        return group.objgen in off
    groups = list(members) if isinstance(members, pikepdf.Array) else [members]
    return bool(groups) and all(each.objgen in off for each in groups)


def _without_marked(holder: Any, marked: set[str], drawn: set[str]) -> bytes:
    kept = []
    depth = 0
    for instruction in pikepdf.parse_content_stream(holder):
        operands, operator = instruction.operands, str(instruction.operator)
        if depth:
            depth += operator in ("BDC", "BMC")
            depth -= operator == "EMC"
            continue
        if operator == "BDC" and str(operands[0]) == "/OC" and str(operands[1]) in marked:
            depth = 1
            continue
        if operator == "Do" and str(operands[0]) in drawn:
            continue
        kept.append(instruction)
    return pikepdf.unparse_content_stream(kept)
