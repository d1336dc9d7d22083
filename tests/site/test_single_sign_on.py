"""Log-in through the municipality's own directory, against a real one on loopback."""

import json
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import parse_qs, urlsplit

import pytest
from django.urls import reverse

from samverkan.organisation.models import User
from samverkan.organisation.vocabulary import Role
from tests.factories import a_member, a_user


class Directory(BaseHTTPRequestHandler):
    """As much of an OpenID Connect provider as a log-in asks for."""

    address = ""
    person = {"sub": "4711", "email": "Kim@Kommunen.example", "name": "Kim i katalogen"}

    def do_GET(self):
        if self.path == "/.well-known/openid-configuration":
            self.answer(
                {
                    "issuer": self.address,
                    "authorization_endpoint": f"{self.address}/logga-in",
                    "token_endpoint": f"{self.address}/biljett",
                    "userinfo_endpoint": f"{self.address}/vem",
                    "jwks_uri": f"{self.address}/nycklar",
                }
            )
        elif self.headers["Authorization"] == "Bearer biljetten":
            self.answer(self.person)
        else:
            self.send_error(401)

    def do_POST(self):
        sent = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        if sent["code"] == ["koden"]:
            self.answer({"access_token": "biljetten", "token_type": "Bearer"})
        else:
            self.send_error(400)

    def answer(self, content):
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(json.dumps(content).encode())

    def log_message(self, *_):
        pass


@pytest.fixture
def directory(settings):
    server = ThreadingHTTPServer(("127.0.0.1", 0), Directory)
    Directory.address = f"http://127.0.0.1:{server.server_port}"
    Thread(target=server.serve_forever, daemon=True).start()
    app = {
        "provider_id": "oidc",
        "name": "Kommunens inloggning",
        "client_id": "samverkan",
        "secret": "hemligt",
        "settings": {
            "server_url": Directory.address,
            "verified_email": True,
            "email_authentication": True,
        },
    }
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [app]}}
    yield
    server.shutdown()
    server.server_close()


def come_from_the_directory(client):
    """Press the button, log in there, and come back with the code."""
    there = client.post(reverse("openid_connect_login", args=["oidc"]))
    assert there.status_code == 302
    assert there["Location"].startswith(f"{Directory.address}/logga-in?")
    state = parse_qs(urlsplit(there["Location"]).query)["state"][0]
    back = reverse("openid_connect_callback", args=["oidc"])
    return client.get(back, {"code": "koden", "state": state}, follow=True)


@pytest.mark.usefixtures("directory")
def test_who_is_invited_comes_in_as_herself(client, db):
    member = a_member(Role.COORDINATOR, user=a_user("Kim", "kim@kommunen.example"))
    page = come_from_the_directory(client)
    assert page.wsgi_request.user == member
    assert page.redirect_chain[-1][0] == reverse("start")
    assert User.objects.count() == 1


@pytest.mark.usefixtures("directory")
def test_who_is_not_invited_stays_outside(client, db):
    a_user("Någon annan", "nagon@kommunen.example")
    page = come_from_the_directory(client)
    assert not page.wsgi_request.user.is_authenticated
    assert User.objects.count() == 1


@pytest.mark.usefixtures("directory")
def test_a_closed_account_stays_outside(client, db):
    a_user("Kim", "kim@kommunen.example", is_active=False)
    page = come_from_the_directory(client)
    assert not page.wsgi_request.user.is_authenticated


def test_there_is_no_such_way_in_until_it_is_set_up(client, db):
    assert client.post("/konto/oidc/oidc/login/").status_code == 404
