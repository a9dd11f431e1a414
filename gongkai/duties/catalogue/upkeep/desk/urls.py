"""公开职责和栏目更新的网址."""

from django.urls import path

from gongkai.duties.catalogue.upkeep.desk import columns, duties, lists

app_name = "upkeep"
urlpatterns = [
    path("columns/", columns.board, name="board"),
    path("columns/items/", lists.items, name="items"),
    path("columns/findings/", lists.findings, name="findings"),
    path("columns/notices/", lists.notices, name="notices"),
    path("columns/notices/<slug:public_id>/void/", lists.void_notice, name="void_notice"),
    path("columns/<slug:public_id>/", columns.column, name="column"),
    path("columns/<slug:public_id>/change/", columns.change, name="change_column"),
    path("duties/", duties.duties, name="duties"),
    path("duties/export/", duties.export, name="export_duties"),
    path("duties/<slug:key>/", duties.duty, name="duty"),
    path("duties/<slug:key>/hand-down/", duties.hand_down, name="hand_down"),
    path("duties/<slug:key>/leave-out/", duties.leave_out, name="leave_out"),
    path("duties/<slug:key>/take-back/", duties.take_back, name="take_back"),
]
