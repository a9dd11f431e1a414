"""工作人员侧网址. Nothing here is reachable from the public side; an address without a gate is closed to all."""

from django.urls import include, path

handler400 = "gongkai.desk.views.bad_request"
handler403 = "gongkai.desk.views.forbidden"
handler404 = "gongkai.desk.views.not_found"
handler500 = "gongkai.desk.views.failed"

urlpatterns = [
    path("", include("gongkai.desk.urls")),
    path("", include("gongkai.agencies.desk.urls")),
    # 各业务应用的页面，一行一个。
    path("registers/", include("gongkai.desk.register_books")),
    path("applications/received/", include("gongkai.duties.applications.intake.desk.urls")),
    path("redaction/", include("gongkai.duties.applications.redaction.desk.urls")),
    path("applications/rights/", include("gongkai.duties.applications.rights.desk.urls")),
    path("applications/counter/", include("gongkai.duties.applications.counter.desk.urls")),
    path("applications/", include("gongkai.duties.applications.desk.urls")),
    path("letters/", include("gongkai.duties.applications.letters.desk.urls")),
    path("handling/", include("gongkai.duties.applications.handling.desk.urls")),
    path("consultation/", include("gongkai.duties.applications.consultation.desk.urls")),
    path("fees/", include("gongkai.duties.applications.fees.desk.urls")),
    path("frequent/", include("gongkai.duties.applications.frequent.desk.urls")),
    path("turning/", include("gongkai.duties.applications.turning.desk.urls")),
    path("applications/archive/", include("gongkai.duties.applications.archive.desk.urls")),
    path("applications/matters/", include("gongkai.duties.applications.matters.desk.urls")),
    path("remedies/", include("gongkai.duties.remedies.desk.urls")),
    path("catalogue/", include("gongkai.duties.catalogue.desk.urls")),
    path("withheld/", include("gongkai.duties.catalogue.withheld.desk.urls")),
    path("guide/", include("gongkai.duties.catalogue.guide.desk.urls")),
    path("leaders/", include("gongkai.duties.catalogue.leaders.desk.urls")),
    path("interpretation/", include("gongkai.duties.catalogue.interpretation.desk.urls")),
    path("normative/", include("gongkai.duties.catalogue.normative.desk.urls")),
    path("topics/", include("gongkai.duties.catalogue.topics.desk.urls")),
    path("moving-in/", include("gongkai.duties.catalogue.moving_in.desk.urls")),
    path("upkeep/", include("gongkai.duties.catalogue.upkeep.desk.urls")),
    path("publicity/", include("gongkai.duties.administrative_acts.desk.urls")),
    path("public-lists/", include("gongkai.duties.administrative_acts.lists.desk.urls")),
    path("channels/", include("gongkai.duties.channels.desk.urls")),
    path("", include("gongkai.annual_report.desk.urls")),
    path("editor/", include("gongkai.desk.editor_doors")),
    # Wagtail's editor. Of its addresses those listed in gongkai.desk.gatekeeping.LISTED are open, the rest closed.
    path("editor/", include("wagtail.admin.urls")),
]
