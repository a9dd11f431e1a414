"""审查流程. Which reviews an item needs: by its column and kind where the office has set it, otherwise the usual ones."""

from django.db.models import Q

from gongkai.duties.catalogue.models import ItemKind, ReviewRoute, Version

Stage = Version.Stage
# 政策文件、规范性文件公开前应当经合法性审核; no route of the office can leave it out.
LEGALITY_REVIEWED = (ItemKind.POLICY, ItemKind.NORMATIVE)


def route_of(version: Version) -> tuple[Stage, ...]:
    """The reviews in their order. Confidentiality review and sign-off stand in every route (条例第十七条).

    What a batch moves in, unchanged, was reviewed by its section when it was first made public.
    """
    if version.with_batch:
        return Stage.CONFIDENTIALITY_REVIEW, Stage.SIGN_OFF
    set_for = _set_for(version)
    by_section = set_for.section_review if set_for else True
    for_legality = version.kind in LEGALITY_REVIEWED or (set_for is not None and set_for.legality_review)
    return (
        *((Stage.SECTION_REVIEW,) if by_section else ()),
        *((Stage.LEGALITY_REVIEW,) if for_legality else ()),
        Stage.CONFIDENTIALITY_REVIEW,
        Stage.SIGN_OFF,
    )


def _set_for(version: Version) -> ReviewRoute | None:
    """The closest rule: for this column and kind, for the column, for the kind, for everything."""
    fits = ReviewRoute.objects.filter(
        Q(column=version.main_column_id) | Q(column__isnull=True),
        agency=version.agency_id,
        kind__in=(version.kind, ""),
    )
    return max(fits, key=lambda each: (each.column_id is not None, each.kind != ""), default=None)
