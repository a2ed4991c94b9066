"""Addresses of consultations."""

from django.urls import path, re_path

from engross.apps.consultations import feeds
from engross.apps.consultations.views import answering, drafting, public, running

app_name = "consultations"

_FORM = r"(?P<form>csv|xlsx|docx)"
_ONE = r"^consultations/(?P<reference>[A-Za-z0-9]+)"

urlpatterns = [
    path("consultations/", public.consultation_list, name="list"),
    path("consultations/feed.atom", feeds.ConsultationsFeed(), name="feed"),
    path("consultations/calendar.ics", feeds.calendar, name="calendar"),
    path("consultations/new/", drafting.new, name="new"),
    path("consultations/answers/<str:token>/", answering.answer, name="answer"),
    path("consultations/answers/<str:token>/check/", answering.check, name="check"),
    path("consultations/answers/<str:token>/upload/", answering.upload, name="upload"),
    path("consultations/<str:reference>/", public.consultation, name="consultation"),
    path("consultations/<str:reference>/form.docx", public.form_file, name="form"),
    path("consultations/<str:reference>/begin/", answering.begin, name="begin"),
    path("consultations/<str:reference>/answer/", answering.party_answer, name="party-answer"),
    path("consultations/<str:reference>/answer/check/", answering.party_check, name="party-check"),
    path("consultations/<str:reference>/answer/upload/", answering.party_upload,
         name="party-upload"),
    path("consultations/<str:reference>/responses/", public.responses, name="responses"),
    re_path(rf"{_ONE}/responses\.{_FORM}$", public.download_responses, name="download-responses"),
    path("consultations/<str:reference>/edit/", drafting.edit, name="edit"),
    path("consultations/<str:reference>/questions/new/", drafting.add_question,
         name="add-question"),
    path("consultations/<str:reference>/questions/<int:number>/", drafting.change_question,
         name="change-question"),
    path("consultations/<str:reference>/questions/<int:number>/remove/", drafting.remove_question,
         name="remove-question"),
    path("consultations/<str:reference>/documents/new/", drafting.add_document,
         name="add-document"),
    path("consultations/<str:reference>/open/", running.open_it, name="open"),
    path("consultations/<str:reference>/extend/", running.extend, name="extend"),
    path("consultations/<str:reference>/collation/", running.collation, name="collation"),
    re_path(rf"{_ONE}/collation\.{_FORM}$", running.download_collation, name="download-collation"),
    path("consultations/<str:reference>/late/<int:version>/", running.late, name="late"),
    path("consultations/<str:reference>/publish/", running.publish, name="publish"),
    path("consultations/<str:reference>/outcome/", running.outcome, name="outcome"),
]  # fmt: skip
