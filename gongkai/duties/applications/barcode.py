"""条码. A case's number as Code 128 (GB/T 18347-2001, ISO/IEC 15417): for the paper file and for a scanner gun at the desk.

The gun types what it reads, so only plain characters stand in it: 〔2026〕12号 is read as 2026-12, and a number that has
other words in it by the case's own identifier.
"""

import re
import unicodedata

from django.utils.safestring import SafeString, mark_safe

# Widths of bar and space in turn, for the 106 characters of the code; the stop closes with a bar more.
_WIDTHS = (
    "212222 222122 222221 121223 121322 131222 122213 122312 132212 221213 221312 231212 112232 122132 "
    "122231 113222 123122 123221 223211 221132 221231 213212 223112 312131 311222 321122 321221 312212 "
    "322112 322211 212123 212321 232121 111323 131123 131321 112313 132113 132311 211313 231113 231311 "
    "112133 112331 132131 113123 113321 133121 313121 211331 231131 213113 213311 213131 311123 311321 "
    "331121 312113 312311 332111 314111 221411 431111 111224 111422 121124 121421 141122 141221 112214 "
    "112412 122114 122411 142112 142211 241211 221114 413111 241112 134111 111242 121142 121241 114212 "
    "124112 124211 411212 421112 421211 212141 214121 412121 111143 111341 131141 114113 114311 411113 "
    "411311 113141 114131 311141 411131 211412 211214 211232"
).split()
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
    widths = "".join(_WIDTHS[value] for value in (*values, check)) + _STOP
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
