"""字体. An office's own licensed faces from a folder, named to the layout by the family names they carry.

The faces that the standard's users name are commercial: a Word file may name them, but gongkai neither ships nor asks for
them. A folder given by ``GONGKAI_FONTS`` is read for .ttf and .otf files; a collection (.ttc) must be installed in the
system instead.
"""

from collections.abc import Iterator
from pathlib import Path

FONT_FILES = frozenset({".ttf", ".otf"})
_FAMILY_NAMES = frozenset({1, 16})  # family and typographic family in a font's name table


def faces(folder: str) -> str:
    """``@font-face`` rules for every face in the folder."""
    if not folder:
        return ""
    return "\n".join(
        f'@font-face {{ font-family: "{name}"; src: url("{path.as_uri()}"); }}'
        for path in font_files(Path(folder))
        for name in sorted(_names(path))
    )


def font_files(folder: Path) -> Iterator[Path]:
    """The font files directly in the folder."""
    if folder.is_dir():
        for path in sorted(folder.resolve().iterdir()):
            if path.suffix.lower() in FONT_FILES and path.is_file():
                yield path


def _names(path: Path) -> set[str]:
    """Family names in every language, without those that a style sheet could misread."""
    from fontTools.ttLib import TTFont, TTLibError  # type: ignore[import-untyped]

    try:
        with path.open("rb") as file, TTFont(file, lazy=True) as font:
            found = {record.toUnicode() for record in font["name"].names if record.nameID in _FAMILY_NAMES}
    except (TTLibError, OSError, KeyError, UnicodeDecodeError):
        return set()
    return {name for name in found if name and not set(name) & set('"\\\n\r<>{}')}
