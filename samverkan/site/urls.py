from django.urls import path

from samverkan.site import journal, members

urlpatterns = [
    path("<slug:district>/medlemmar/", members.members, name="members"),
    path("<slug:district>/medlemmar/bjud-in/", members.invite, name="member-invite"),
    path("<slug:district>/medlemmar/<int:pk>/", members.change, name="member-change"),
    path("<slug:district>/medlemmar/<int:pk>/avsluta/", members.end, name="member-end"),
    path("<slug:district>/medlemmar/<int:pk>/ateruppta/", members.resume, name="member-resume"),
    path("<slug:district>/medlemmar/<int:pk>/inbjudan/", members.remind, name="member-remind"),
    path("<slug:district>/handelser/", journal.journal, name="journal"),
]
