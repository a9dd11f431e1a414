"""发布的在不在. Every review, release and withdrawal that was confirmed, held against rows, audit lines, and the public side."""

from collections import Counter

from django.utils import timezone

from gongkai.audit.models import Entry
from gongkai.duties.catalogue.content import hash_of
from gongkai.duties.catalogue.models import Attachment, InformationItem, Review, Version
from gongkai.gateways.files import FileDamaged, FileMissing, FileStore, desk_files, intake_files, public_files
from gongkai.portal.forgetting import forget_unnamed
from gongkai.portal.models import ItemInColumn, PublishedFile, PublishedItem, Withdrawn
from gongkai.portal.search.models import SearchEntry

Told = dict[str, list[list[str]]]


def of_publishing(told: Told) -> dict[str, object]:
    versions = {each.public_id: each for each in Version.objects.select_related("item")}
    return {
        **_of_reviews(told, versions),
        **_of_releases(told, versions),
        **_of_what_is_public(),
        **_of_withdrawals(told, versions),
    }


def _of_reviews(told: Told, versions: dict[str, Version]) -> dict[str, object]:
    rows = Counter(Review.objects.values_list("version__public_id", "step"))
    lines: Counter[tuple[str, str]] = Counter()
    for step in {step for _, step in rows}:
        for subject in _subjects("default", f"catalogue.version.{step}.passed"):
            lines[subject.partition(":")[2], step] += 1
    files = set(Attachment.objects.values_list("version__public_id", "sha256"))
    submitted = _of("catalogue.version.submitted")
    return {
        "drafts lost": [v for (v,) in told.get("written", []) if v not in versions or not versions[v].body],
        "attachments lost": [key for key in map(tuple, told.get("attached", [])) if key not in files],
        "attachments that are not whole": [
            name for name in _names(Attachment) if not _whole(desk_files(), name)
        ],
        "lines of attachments": len(_of("catalogue.attachment.added")) - len(files),
        "submissions lost": [v for (v,) in told.get("submitted", []) if v not in submitted],
        "reviews lost": [key for key in map(tuple, told.get("reviewed", [])) if key not in rows],
        "reviewed twice": [key for key, times in rows.items() if times > 1],
        "reviews and lines differ": [key for key in rows | lines if rows[key] != lines[key]],
        "reviewed other bytes": [
            each.pk for each in Review.objects.select_related("version") if each.content_hash != _hash(each)
        ],
    }


def _of_releases(told: Told, versions: dict[str, Version]) -> dict[str, object]:
    sent, shown = _of("catalogue.version.released"), _of("catalogue.version.published")
    done = {name for name, version in versions.items() if version.stage == "published"}
    return {
        "releases lost": [v for (v,) in told.get("released", []) if v not in done],
        "half released": [name for name, each in versions.items() if each.stage == "releasing"],
        "released twice": [name for name, times in (sent + shown).items() if times > 2],
        "releases without both lines": sorted(done ^ set(sent) | done ^ set(shown)),
        "seen by the public, not on the desk": [v for v, *_ in told.get("public", []) if v not in done],
    }


def _of_what_is_public() -> dict[str, object]:
    """The same on both sides, each once, with its bytes, in its column, in the search."""
    live = set(InformationItem.objects.filter(live=True).values_list("public_id", flat=True))
    public = set(PublishedItem.objects.values_list("key", flat=True))
    files = Counter(PublishedFile.objects.values_list("item__key", "sha256"))
    reviewed = set(
        Attachment.objects.filter(version__item__live=True).values_list("version__item__public_id", "sha256")
    )
    lines = Counter(
        Entry.objects.using("public").filter(action="portal.item.released").values_list("subject", flat=True)
    )
    found = Counter(SearchEntry.objects.filter(kind="item").values_list("key", flat=True))
    places = Counter(ItemInColumn.objects.values_list("item__key", flat=True))
    return {
        "public on one side alone": sorted(live ^ public),
        "public files differ": [str(key) for key in set(files) ^ reviewed],
        "public files twice": [str(key) for key, times in files.items() if times > 1],
        "public files that are not whole": [
            n for n in _names(PublishedFile) if not _whole(public_files(), n)
        ],
        "put twice": [subject for subject, times in lines.items() if times > 1],
        "put without a line": [key for key in public if f"item:{key}" not in lines],
        "search and items differ": sorted(set(found) ^ public)
        + [k for k, times in found.items() if times > 1],
        "not in a column once": [key for key in public if places[key] != 1],
    }


def _of_withdrawals(told: Told, versions: dict[str, Version]) -> dict[str, object]:
    gone = set(Withdrawn.objects.filter(kind="item").values_list("key", flat=True))
    called_back = set(InformationItem.objects.filter(state="withdrawn").values_list("public_id", flat=True))
    lines = Counter(each.partition(":")[2] for each in _subjects("default", "catalogue.item.withdrawn"))
    return {
        "withdrawals lost": [key for _, key, _ in told.get("withdrawn", []) if key not in gone],
        "withdrawn on one side alone": sorted(gone ^ called_back),
        "withdrawn without one line": [key for key in called_back if lines[key] != 1],
        "lines of no withdrawal": sorted(set(lines) - called_back),
        "withdrawn and public": sorted(
            gone & set(PublishedItem.objects.values_list("key", flat=True))
            | gone & set(SearchEntry.objects.filter(kind="item").values_list("key", flat=True))
        ),
    }


def of_files() -> dict[str, object]:
    """What the nightly round leaves: nothing half made, and of the public's files only those that something names."""
    stores = (desk_files(), public_files(), intake_files())
    half = sum(len(list(store.folder.glob("incoming-*"))) for store in stores)
    unnamed = set(public_files().names()) - set(_names(PublishedFile))
    now = timezone.now()
    swept = sum(store.sweep(now) for store in stores)
    forgotten = forget_unnamed(now)
    return {
        "half-made files that stay": half - swept,
        "bytes of nothing public that stay": sorted(set(public_files().names()) - set(_names(PublishedFile))),
        "forgotten otherwise": forgotten - len(unnamed),
        "swept": f"{half} half made, {len(unnamed)} of what was withdrawn",
    }


def _names(model: type) -> list[str]:
    return list(model.objects.values_list("sha256", flat=True).distinct())


def _whole(store: FileStore, name: str) -> bool:
    try:
        store.check(name)
    except (FileMissing, FileDamaged):
        return False
    return True


_hashes: dict[int, str] = {}


def _hash(review: Review) -> str:
    if review.version_id not in _hashes:
        _hashes[review.version_id] = hash_of(review.version)
    return _hashes[review.version_id]


def _of(action: str) -> Counter[str]:
    return Counter(each.partition(":")[2] for each in _subjects("default", action))


def _subjects(alias: str, action: str) -> list[str]:
    return list(Entry.objects.using(alias).filter(action=action).values_list("subject", flat=True))
