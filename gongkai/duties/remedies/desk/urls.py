"""复议诉讼案卷的网址; the registers' own stand with those of the other registers."""

from django.urls import path

from gongkai.duties.remedies.desk import corrections, evidence, files, lessons, opening, steps

app_name = "remedies"
urlpatterns = [
    path("", files.listing, name="files"),
    path("lessons/", lessons.listing, name="lessons"),
    path("lessons/<slug:public_id>/take-back/", lessons.take_back, name="take_back_lesson"),
    path("open/reconsideration/", opening.open_reconsideration, name="open_reconsideration"),
    path("open/litigation/", opening.open_litigation, name="open_litigation"),
    path("take-over/<slug:track>/<slug:public_id>/", opening.take_over, name="take_over"),
    path("of-reconsideration/<slug:public_id>/", opening.of_reconsideration, name="of_reconsideration"),
    path("of-litigation/<slug:public_id>/", opening.of_litigation, name="of_litigation"),
    path("events/<slug:public_id>/correct/", corrections.propose, name="propose_correction"),
    path("corrections/<slug:public_id>/", corrections.decide, name="correction"),
    path("evidence/<slug:public_id>/change/", evidence.change, name="change_evidence"),
    path("evidence/<slug:public_id>/move/", evidence.move, name="move_evidence"),
    path("evidence/<slug:public_id>/take-out/", evidence.take_out, name="take_out_evidence"),
    path("evidence/<slug:public_id>/file/", evidence.read, name="evidence_file"),
    path("<slug:public_id>/", files.one, name="file"),
    path("<slug:public_id>/step/", steps.step, name="step"),
    path("<slug:public_id>/clock/", files.clock, name="clock"),
    path("<slug:public_id>/party/", files.party, name="party"),
    path("<slug:public_id>/assign/", opening.assign, name="assign"),
    path("<slug:public_id>/particulars/", opening.particulars, name="particulars"),
    path("<slug:public_id>/void/", opening.void, name="void"),
    path("<slug:public_id>/handle-again/", opening.handle_again, name="handle_again"),
    path("<slug:public_id>/evidence/", evidence.listing, name="evidence"),
    path("<slug:public_id>/evidence/add/", evidence.add, name="add_evidence"),
    path("<slug:public_id>/evidence/draw/", evidence.draw, name="draw_evidence"),
    path("<slug:public_id>/evidence/print/", evidence.printed, name="print_evidence"),
    path("<slug:public_id>/evidence/document/", evidence.document, name="evidence_document"),
    path("<slug:public_id>/lessons/add/", lessons.add, name="add_lesson"),
]
