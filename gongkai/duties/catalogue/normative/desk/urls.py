"""规范性文件的网址."""

from django.urls import path

from gongkai.duties.catalogue.normative.desk import clean_up, drafts, library

app_name = "normative"
urlpatterns = [
    path("", library.library, name="library"),
    path("drafts/<slug:public_id>/sheet/", drafts.sheet, name="sheet"),
    path("drafts/<slug:public_id>/changes/", drafts.intend, name="intend"),
    path("drafts/<slug:public_id>/changes/<slug:document>/remove/", drafts.drop, name="drop"),
    path("clean-ups/", clean_up.rounds, name="rounds"),
    path("clean-ups/<slug:public_id>/", clean_up.round_, name="round"),
    path("clean-ups/<slug:public_id>/finish/", clean_up.finish, name="finish"),
    path("clean-ups/<slug:public_id>/reopen/", clean_up.reopen, name="reopen"),
    path("clean-ups/<slug:public_id>/documents/<slug:document>/", clean_up.conclude, name="conclude"),
    path("<slug:public_id>/", library.document, name="document"),
    path("<slug:public_id>/declare/", library.declare, name="declare"),
    path("<slug:public_id>/extend/", library.extend, name="extend"),
    path("<slug:public_id>/entry/", library.entry, name="entry"),
    path("<slug:public_id>/show/", library.show, name="show"),
    path("<slug:public_id>/hide/", library.hide, name="hide"),
]
