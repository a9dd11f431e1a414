"""条码. A case's number as Code 128 (GB/T 18347-2001, ISO/IEC 15417): for the paper file and for a scanner gun at the desk.

The gun types what it reads, so only plain characters stand in it: 〔2026〕12号 is read as 2026-12, and a number that has
other words in it by the case's own identifier.
"""

import re
import unicodedata

from django.utils.safestring import SafeString, mark_safe

# Widths of bar and space in turn, six to each of the 106 characters; the stop closes with a bar more.
_WIDTHS = (
    "212222222122222221121223121322131222122213122312132212221213221312231212112232122132"
    "122231113222123122123221223211221132221231213212223112312131311222321122321221312212"
    "322112322211212123212321232121111323131123131321112313132113132311211313231113231311"
    "112133112331132131113123113321133121313121211331231131213113213311213131311123311321"
    "331121312113312311332111314111221411431111111224111422121124121421141122141221112214"
    "112412122114122411142112142211241211221114413111241112134111111242121142121241114212"
    "124112124211411212421112421211212141214121412121111143111341131141114113114311411113"
    "411311113141114131311141411131211412211214211232"
)
_STOP = "2331112"
_START_B, _MODULO = 104, 103
_QUIET = 10  # modules left white on both sides
_NUMBERED = re.compile(r"〔([0-9]{4})〕([0-9]{1,8})号")
_READ = re.compile(r"([0-9]{4})-([0-9]{1,8})")
_LONGEST = 40
HEIGHT = 48


def carried(register_number: str, public_id: str) -> str:
    """条码里的字: what the gun will type.

    >>> carried("〔2026〕12号", "x" * 20), carried("GK-0012", "x" * 20)
    ('2026-12', 'GK-0012')
    """
    if found := _NUMBERED.fullmatch(register_number):
        return f"{found[1]}-{found[2]}"
    plain = register_number.isascii() and register_number.isprintable() and 0 < len(register_number) <= 20
    return register_number if plain else public_id


def numbers(typed: str) -> tuple[str, ...]:
    """扫到的字可能是哪些登记编号, however wide it was typed; the identifier of the case is tried as it is."""
    text = "".join(unicodedata.normalize("NFKC", typed)[:_LONGEST].split())
    # NFKC leaves the brackets as they are; people type other ones.
    text = text.replace("[", "〔").replace("]", "〕").replace("【", "〔").replace("】", "〕")
    found = _READ.fullmatch(text)
    return (f"〔{found[1]}〕{int(found[2])}号", text) if found else (text,)


def modules(text: str) -> str:
    """条和空: one digit a module, 1 for dark. Code set B, which has every plain character."""
    values = [_START_B, *(ord(character) - 32 for character in text)]
    check = (values[0] + sum(place * value for place, value in enumerate(values[1:], 1))) % _MODULO
    widths = "".join(_WIDTHS[6 * value : 6 * value + 6] for value in (*values, check)) + _STOP
    return "".join(("1" if place % 2 == 0 else "0") * int(width) for place, width in enumerate(widths))


def svg(text: str) -> SafeString:
    """一张条码, inline and without a style of its own: it prints with the page and nothing is fetched."""
    dark = modules(text)
    wide = len(dark) + 2 * _QUIET
    bars = "".join(
        f'<rect x="{found.start() + _QUIET}" y="0" width="{len(found[0])}" height="{HEIGHT}"/>'
        for found in re.finditer("1+", dark)
    )
    drawn = (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="barcode" role="img" aria-label="条码" '
        f'width="{2 * wide}" height="{HEIGHT}" viewBox="0 0 {wide} {HEIGHT}" preserveAspectRatio="none" shape-rendering="crispEdges">'
        f'<rect width="{wide}" height="{HEIGHT}" fill="#fff"/><g fill="#000">{bars}</g></svg>'
    )
    return mark_safe(drawn)  # noqa: S308 - drawn from numbers; the text is in it as bars only
