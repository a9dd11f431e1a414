"""INP-04, read in the source: no statement, markup, template or command is put together from what somebody typed.

What is not a constant stands in a list with its reason; a new one fails, and so does a line of the list that no longer says anything.
"""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "gongkai"
_SQL = frozenset({"execute", "executemany", "executescript", "raw", "extra"})
_HANDED_ON = frozenset(
    {"_run", "_run_each", "_column"}
)  # in the search: what these are given is a statement too
_MARKUP = frozenset({"mark_safe", "SafeString", "SafeText"})
_NEVER = frozenset({"eval", "exec", "system", "popen", "getoutput", "getstatusoutput", "from_string"})
_PICKLED = frozenset({"pickle", "marshal", "shelve", "yaml", "dill"})

# Statements that are no constants: who puts them together, from what.
STATEMENTS = {
    "agencies/database_roles.py:create_roles": "names of roles and tables of our own, by an operator's command",
    "audit/triggers.py:missing": "one of two questions written in the module, by the kind of database",
    "audit/triggers.py:restore": "triggers written in the apps' configurations",
    "audit/triggers.py:_before_migration": "names of the same triggers",
    "portal/search/engines.py:_run": "hands on what its callers wrote: they are judged by the same rule",
    "portal/search/engines.py:_run_each": "as before",
    "portal/search/engines.py:_column": "as before",
    "portal/search/entries.py:clear": "the name of our own model's table",
    **{
        f"registers/words.py:{name}": "names of tables and columns written in the apps' words.py"
        for name in ("make_function", "drop_function", "make", "drop", "numbers")
    },
    "registers/in_bulk.py:insert": "names of tables and columns of our own models, quoted by the database's backend",
}
# Markup that is not escaped when it is shown: why it may be believed.
MARKUP = {
    "annual_report/presenters.py:parts": "tables drawn by the report's renderer, whose templates escape",
    "duties/applications/barcode.py:svg": "drawn from numbers; the text is in it as bars only",
    "portal/host_site.py:_shown": "the operator's own file, cleaned by an allow-list in the line before",
    "portal/qr.py:qr_code": "drawn from numbers; the address is in it as squares only",
}
TEMPLATES = {
    (
        "annual_report/templates/annual_report/preview.html",
        "{{ body|safe }}",
    ): "drawn by the report's renderer",
    (
        "duties/applications/archive/templates/application_archive/bundle.html",
        "{{ style|safe }}",
    ): "the product's own style sheet",
    (
        "duties/catalogue/templates/catalogue/review.html",
        "{{ body|safe }}",
    ): "cleaned by the allow-list (INP-02)",
    (
        "duties/catalogue/templates/catalogue/preview.html",
        "{{ text|safe }}",
    ): "cleaned when it was saved (INP-02)",
    (
        "duties/catalogue/templates/catalogue/version.html",
        "{{ body|safe }}",
    ): "cleaned by the allow-list (INP-02)",
    (
        "duties/catalogue/topics/templates/topics/page.html",
        "{{ part|safe }}",
    ): "each part drawn by its own template",
    (
        "duties/catalogue/topics/templates/topics/preview.html",
        "{{ html|safe }}",
    ): "the same page, drawn before",
    ("portal/templates/portal/item.html", "{{ text|safe }}"): "cleaned again when it is released (INP-02)",
    ("portal/templates/portal/page.html", "{{ text|safe }}"): "cleaned again when it is released (INP-02)",
    (
        "portal/templates/portal/report.html",
        "{{ report.html|safe }}",
    ): "drawn by the report's renderer when released",
}


@cache
def modules() -> list[tuple[str, ast.Module]]:
    return [
        (path.relative_to(PACKAGE).as_posix(), ast.parse(path.read_text(encoding="utf-8")))
        for path in sorted(PACKAGE.rglob("*.py"))
        if "migrations" not in path.parts
    ]


def calls() -> Iterator[tuple[str, ast.Call]]:
    """Every call with the module and the function that it stands in."""
    for name, tree in modules():
        yield from _calls(name, tree)


def _calls(place: str, node: ast.AST) -> Iterator[tuple[str, ast.Call]]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Call):
            yield place, child
        inside = child if isinstance(child, ast.FunctionDef | ast.ClassDef) else None
        yield from _calls(f"{place.partition(':')[0]}:{inside.name}" if inside else place, child)


def called(call: ast.Call) -> str:
    return str(getattr(call.func, "attr", getattr(call.func, "id", "")))


def takes_a_statement(place: str, call: ast.Call) -> bool:
    if place.startswith("portal/search/") and called(call) in _HANDED_ON:
        return True
    return called(call) == "RawSQL" or (called(call) in _SQL and isinstance(call.func, ast.Attribute))


def is_constant(node: ast.AST) -> bool:
    """Text that is written out in the source, also in pieces, with nothing put into it but a module's constants."""
    if isinstance(node, ast.Name):
        return node.id.isupper()
    if isinstance(node, ast.JoinedStr):
        return all(is_constant(each) for each in node.values)
    if isinstance(node, ast.FormattedValue):
        return is_constant(node.value)
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        return is_constant(node.left) and is_constant(node.right)
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def test_every_statement_is_a_constant_or_is_listed_with_what_it_is_made_of():
    """INP-04: what somebody types travels as a parameter."""
    found = {
        place
        for place, call in calls()
        if takes_a_statement(place, call) and not (call.args and is_constant(call.args[0]))
    }

    assert found == set(STATEMENTS)


def test_markup_that_is_believed_is_listed_with_the_reason():
    found = {
        place
        for place, call in calls()
        if called(call) in _MARKUP and not (call.args and is_constant(call.args[0]))
    }
    found |= {
        place
        for place, call in calls()
        if called(call) in ("format_html", "format_html_join") and not all(map(is_constant, call.args[:1]))
    }

    assert found == set(MARKUP)


def test_templates_escape_everything_but_what_is_listed():
    found = {
        (path.relative_to(PACKAGE).as_posix(), said)
        for path in PACKAGE.rglob("*")
        if path.suffix in (".html", ".xml", ".txt", ".svg", ".atom") and "templates" in path.parts
        for said in re.findall(
            r"\{\{[^}]*\|\s*safe(?:seq)?\b[^}]*\}\}|\{%\s*autoescape[^%]*%\}|\{%\s*filter[^%]*safe[^%]*%\}",
            path.read_text(encoding="utf-8"),
        )
    }

    assert found == set(TEMPLATES)


def test_no_command_goes_through_a_shell_and_nothing_is_evaluated():
    shells = [
        place
        for place, call in calls()
        for word in call.keywords
        if word.arg == "shell" and not (isinstance(word.value, ast.Constant) and word.value.value is False)
    ]
    evaluated = [
        f"{place}: {called(call)}"
        for place, call in calls()
        if called(call) in _NEVER
        and (isinstance(call.func, ast.Name) or getattr(getattr(call.func, "value", None), "id", "") != "re")
    ]
    unpacked = [
        f"{name}: {each.name}"
        for name, tree in modules()
        for node in ast.walk(tree)
        if isinstance(node, ast.Import)
        for each in node.names
        if each.name.partition(".")[0] in _PICKLED
    ]

    assert (shells, evaluated, unpacked) == ([], [], [])


def test_the_linters_security_rules_are_on_and_each_exception_names_one_rule():
    """Ruff's S rules: SQL put together, shells, weak random numbers, XML, temporary files."""
    settings = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert '"S",' in settings
    bare = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in PACKAGE.rglob("*.py")
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if re.search(r"#\s*noqa(?!:)", line) or "nosec" in line
    ]

    assert bare == []


@pytest.mark.parametrize(
    ("source", "is_so"),
    [
        ('x.execute("SELECT 1")', True),
        ('x.execute(f"SELECT 1 FROM {TABLE}" + " WHERE id = %s")', True),
        ('x.execute(f"SELECT {y}")', False),
        ('x.execute("a" + y)', False),
        ('x.execute("SELECT %s" % y)', False),
        ('x.execute("SELECT {}".format(y))', False),
        ("x.execute(y)", False),
    ],
)
def test_the_reader_knows_a_constant(source, is_so):
    call = ast.parse(source).body[0].value

    assert is_constant(call.args[0]) is is_so
