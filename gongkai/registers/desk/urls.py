"""台账的网址. Every register has the same addresses under its key."""

from collections.abc import Callable, Iterable

from django.http import Http404, HttpRequest, HttpResponseBase
from django.urls import URLPattern, path

from gongkai.registers.description import Register
from gongkai.registers.desk import imports, screens, sealed

_VIEWS: tuple[tuple[str, str, Callable[..., HttpResponseBase]], ...] = (
    ("", "list", screens.listing),
    ("add/", "add", screens.enter),
    ("export/", "export", screens.export),
    ("template/", "template", imports.template),
    ("import/", "import", imports.upload),
    ("imports/", "imports", imports.runs),
    ("imports/<slug:public_id>/", "import_run", imports.run),
    ("<slug:public_id>/", "record", screens.one),
    ("<slug:public_id>/rectify/", "rectify", screens.rectify),
    ("<slug:public_id>/void/", "void", screens.void),
    ("<slug:public_id>/reveal/<slug:name>/", "reveal", sealed.reveal),
)


def addresses(registers: Iterable[Register]) -> list[URLPattern]:
    """The addresses of these registers."""
    by_key = {register.key: register for register in registers}
    return [path(f"<slug:key>/{tail}", _of_one(view, by_key), name=name) for tail, name, view in _VIEWS]


def _of_one(
    view: Callable[..., HttpResponseBase], by_key: dict[str, Register]
) -> Callable[..., HttpResponseBase]:
    """The view, told which register by the key in the address, behind the same gate."""

    def shown(request: HttpRequest, key: str, **rest: str) -> HttpResponseBase:
        if key not in by_key:
            raise Http404
        return view(request, register=by_key[key], **rest)

    shown.gate = view.gate  # type: ignore[attr-defined]
    return shown
