"""多塞的栏 (ACL-05), read in the source: what was posted is read by name or by a form that names its fields, and no other way.

So a field that no form declares reaches no action, whatever it is called: state, received_on, agency, is_superuser.
"""

import ast
from functools import cache
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[2] / "gongkai"
_BY_NAME = frozenset({"get", "getlist"})
# What stands beside these two ways, and why the fields are named all the same.
A_TABLE = "the step's own form, from a table of forms written in the module"
ELSEWHERE = {
    ("agencies/desk/holidays.py", "to _Lines"): "a form set of OneHoliday",
    ("annual_report/desk/steps.py", "to form_class"): A_TABLE,
    ("annual_report/desk/views.py", "by a name of a list"): "the parts of the report's text, from rules",
    ("duties/administrative_acts/desk/views.py", "to _form"): A_TABLE,
    ("duties/applications/consultation/desk/views.py", "to taken.form"): A_TABLE,
    ("duties/applications/counter/desk/views.py", "by a name of a list"): "the form's own fields, carried on",
    ("duties/applications/fees/desk/views.py", "to taken.form"): A_TABLE,
    ("duties/applications/frequent/desk/views.py", "data = request.POST or None"): A_TABLE,
    ("duties/applications/handling/desk/views.py", "to form"): A_TABLE,
    ("duties/applications/handling/desk/views.py", "to taken.form"): A_TABLE,
    ("duties/catalogue/normative/desk/library.py", "to form_of"): A_TABLE,
    (
        "portal/pages/apply/uploads.py",
        "_ = request.POST",
    ): "reads the request to its end and keeps nothing of it",
    ("portal/pages/apply/views.py", "by a name of a list"): "the two kinds of files of the form",
}


@cache
def _modules():
    found = []
    for path in sorted(PACKAGE.rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        if "migrations" not in path.parts and ("request." in text or "Form" in text):
            tree = ast.parse(text)
            for node in ast.walk(tree):
                for child in ast.iter_child_nodes(node):
                    child.parent = node
            found.append((path.relative_to(PACKAGE).as_posix(), tree))
    return found


def _posted(node):
    """``request.POST``, ``self.request.FILES``."""
    whose = getattr(node, "value", None)
    return getattr(node, "attr", "") in ("POST", "FILES") and "request" in (
        getattr(whose, "id", ""),
        getattr(whose, "attr", ""),
    )


def _how(node, forms):
    """by name · to a form · anything else, in words."""
    parent = node.parent
    if isinstance(parent, ast.Attribute) and parent.attr in _BY_NAME and isinstance(parent.parent, ast.Call):
        return "by name" if isinstance(parent.parent.args[0], ast.Constant) else "by a name of a list"
    if isinstance(parent, ast.Subscript) and isinstance(parent.slice, ast.Constant):
        return "by name"
    if isinstance(parent, ast.Compare) and isinstance(parent.left, ast.Constant):
        return "by name"
    while isinstance(parent, ast.BoolOp | ast.IfExp | ast.Tuple | ast.Starred | ast.keyword):
        node, parent = parent, parent.parent
    if isinstance(parent, ast.Call) and node is not parent.func:
        called = ast.unparse(parent.func)
        return "to a form" if called.rpartition(".")[2] in forms else f"to {called}"
    return ast.unparse(parent)


def _forms():
    """Every class of the package that is a form, by what it comes from."""
    bases: dict[str, set[str]] = {}
    for _, tree in _modules():
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef):
                bases.setdefault(node.name, set()).update(
                    ast.unparse(base).rpartition(".")[2] for base in node.bases
                )
    found = {"Form"}
    while more := {name for name, parents in bases.items() if parents & found} - found:
        found |= more
    return found


def test_acl_05_what_is_posted_is_read_by_name_or_by_a_form():
    forms = _forms()
    assert len(forms) > 100
    strange = {
        (name, how)
        for name, tree in _modules()
        for node in ast.walk(tree)
        if _posted(node)
        if (how := _how(node, forms)) not in ("by name", "to a form")
    }

    assert strange == set(ELSEWHERE)


def test_acl_05_no_form_takes_its_fields_from_a_model():
    made = {
        name
        for name, tree in _modules()
        for node in ast.walk(tree)
        if (
            isinstance(node, ast.Name)
            and node.id in ("ModelForm", "modelform_factory", "modelformset_factory", "inlineformset_factory")
        )
        or (
            isinstance(node, ast.Attribute)
            and node.attr in ("ModelForm", "WagtailAdminPageForm", "WagtailAdminModelForm")
        )
    }

    assert made == set()
