"""Addresses of people: registration, the people of a Party, sessions, roles, tokens."""

from django.urls import path

from engross.apps.people.views import (
    my_party,
    people,
    registering,
    requests,
    sessions,
    staff_acts,
    tokens,
)

app_name = "people"

urlpatterns = [
    path("register/", registering.register, name="register"),
    path("register/sent/", registering.registered, name="registered"),
    path("register/confirm/<str:token>/", registering.confirm, name="confirm"),
    path("my/tokens/", tokens.mine, name="my-tokens"),
    path("my/sessions/<int:session>/end/", sessions.end_session, name="end-session"),
    path("my-party/people/", my_party.people, name="my-party"),
    path("my-party/people/invite/", my_party.invite, name="invite"),
    path("my-party/people/add-program/", my_party.add_program, name="my-party-add-program"),
    path("my-party/people/<int:membership>/role/", my_party.change_role, name="change-role"),
    path("my-party/people/<int:membership>/end/", my_party.end, name="my-party-end"),
    path(
        "my-party/people/<int:membership>/tokens/", tokens.of_party_program, name="my-party-tokens"
    ),
    path("people/", people.people_list, name="list"),
    path("people/requests/", requests.requests, name="requests"),
    path("people/requests/<int:number>/", requests.request_page, name="request"),
    path("people/requests/<int:number>/approve/", requests.approve, name="approve"),
    path("people/requests/<int:number>/refuse/", requests.refuse, name="refuse"),
    path("people/add-staff/", staff_acts.add_staff, name="add-staff"),
    path("people/add-program/", staff_acts.add_program, name="add-program"),
    path("people/<int:number>/", people.person_page, name="person"),
    path("people/<int:number>/party/", staff_acts.add_party, name="add-party"),
    path("people/<int:number>/party/<int:membership>/end/", staff_acts.end_party, name="end-party"),
    path("people/<int:number>/body/", staff_acts.add_term, name="add-term"),
    path("people/<int:number>/body/<int:term>/end/", staff_acts.end_term, name="end-term"),
    path("people/<int:number>/team/", staff_acts.add_team, name="add-team"),
    path("people/<int:number>/team/<int:term>/leave/", staff_acts.leave_team, name="leave-team"),
    path("people/<int:number>/authority/", staff_acts.authority, name="authority"),
    path("people/<int:number>/close/", staff_acts.close, name="close"),
    path("people/<int:number>/sessions/", staff_acts.end_sessions, name="end-sessions"),
    path("people/<int:number>/second-factor/", staff_acts.second_factor, name="second-factor"),
    path("people/<int:number>/tokens/", tokens.of_program, name="program-tokens"),
]
