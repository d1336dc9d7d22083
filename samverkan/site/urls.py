from django.urls import path

from samverkan.site import indicators, journal, members

urlpatterns = [
    path("<slug:district>/medlemmar/", members.members, name="members"),
    path("<slug:district>/medlemmar/bjud-in/", members.invite, name="member-invite"),
    path("<slug:district>/medlemmar/<int:pk>/", members.change, name="member-change"),
    path("<slug:district>/medlemmar/<int:pk>/avsluta/", members.end, name="member-end"),
    path("<slug:district>/medlemmar/<int:pk>/ateruppta/", members.resume, name="member-resume"),
    path("<slug:district>/medlemmar/<int:pk>/inbjudan/", members.remind, name="member-remind"),
    path("<slug:district>/handelser/", journal.journal, name="journal"),
    path("<slug:district>/indikatorer/", indicators.page, name="indicators"),
    path("<slug:district>/indikatorer/varden.csv", indicators.as_csv, name="indicators-csv"),
    path("<slug:district>/indikatorer/ny/", indicators.create, name="indicator-create"),
    path("<slug:district>/indikatorer/nya-varden/", indicators.paste, name="indicators-paste"),
    path(
        "<slug:district>/indikatorer/inlasning/<int:pk>/angra/",
        indicators.take_back,
        name="indicators-undo",
    ),
    path("<slug:district>/indikatorer/<uuid:uuid>/", indicators.one, name="indicator"),
    path(
        "<slug:district>/indikatorer/<uuid:uuid>/andra/",
        indicators.change,
        name="indicator-change",
    ),
    path(
        "<slug:district>/indikatorer/<uuid:uuid>/varde/",
        indicators.put_value,
        name="indicator-value",
    ),
    path(
        "<slug:district>/indikatorer/<uuid:uuid>/ta-bort/",
        indicators.remove,
        name="indicator-remove",
    ),
]
