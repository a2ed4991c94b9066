"""Addresses of signing in and of one's own account: those of allauth that are in use here."""

from allauth.socialaccount import views as organisation_views
from django.urls import include, path

urlpatterns = [
    path("", include("allauth.account.urls")),
    path("2fa/", include("allauth.mfa.urls")),
    path("sessions/", include("allauth.usersessions.urls")),
    path("", include("allauth.socialaccount.providers.openid_connect.urls")),
    path(
        "oidc/cancelled/", organisation_views.login_cancelled, name="socialaccount_login_cancelled"
    ),
    path("oidc/error/", organisation_views.login_error, name="socialaccount_login_error"),
]
