# ruff: noqa: E501 (XML in one piece)
"""A miniature identity provider on loopback: OpenID Connect and SAML with real signatures, and with any fault wanted."""

import base64
import hashlib
import json
import threading
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit
from xml.etree import ElementTree

import jwt
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID
from onelogin.saml2.utils import OneLogin_Saml2_Utils

from schnittstellen.catalogue.accounts_settings import providers

KID = "k1"
SAML_TIME = "%Y-%m-%dT%H:%M:%SZ"


@dataclass(frozen=True)
class Keys:
    """A key pair with a certificate of its own."""

    private: rsa.RSAPrivateKey
    certificate: str

    @property
    def pem(self) -> str:
        form = serialization.PrivateFormat.PKCS8
        return self.private.private_bytes(serialization.Encoding.PEM, form, serialization.NoEncryption()).decode()


@cache
def keys(name: str) -> Keys:
    """Made once in a process; `name` is who owns them."""
    private = rsa.generate_private_key(65537, 2048)
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    begin = datetime.now(UTC) - timedelta(days=1)
    certificate = (
        x509.CertificateBuilder(subject, subject, private.public_key(), 1, begin, begin + timedelta(days=9))
    ).sign(private, hashes.SHA256())
    return Keys(private, certificate.public_bytes(serialization.Encoding.PEM).decode())


@dataclass
class Provider:
    """What it says of the person, and with which key; tests change any of it."""

    url: str = ""
    claims: dict[str, Any] = field(default_factory=dict)
    userinfo: dict[str, Any] = field(default_factory=dict)
    signer: str = "idp"
    algorithm: str = "RS256"
    challenge: str = ""
    codes: set[str] = field(default_factory=set)

    def claim(self, **more: Any) -> None:
        now = int(datetime.now(UTC).timestamp())
        self.userinfo = {"sub": "p-1", "email": "amt@muster.example", "email_verified": True}
        base = {"iss": self.url, "aud": "katalog", "iat": now, "exp": now + 60, **self.userinfo}
        self.claims = {name: value for name, value in {**base, **more}.items() if value is not None}

    def discovery(self) -> dict[str, Any]:
        ends = {
            "authorization_endpoint": "authorize",
            "token_endpoint": "token",
            "userinfo_endpoint": "me",
            "jwks_uri": "jwks",
        }
        return {"issuer": self.url, **{name: f"{self.url}/{end}" for name, end in ends.items()}}

    def jwks(self) -> dict[str, Any]:
        public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(keys("idp").private.public_key()))
        return {"keys": [{**public, "kid": KID, "alg": "RS256", "use": "sig"}]}

    def authorize(self, address: str) -> str:
        """Where a browser is sent back to once the person has logged in there."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        self.challenge = asked["code_challenge"]
        self.codes.add("c-1")
        return f"{asked['redirect_uri']}?code=c-1&state={asked['state']}"

    def token(self, form: dict[str, str]) -> dict[str, Any] | None:
        """Each code once, and only for whoever asked for it (PKCE)."""
        digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        proven = base64.urlsafe_b64encode(digest).rstrip(b"=").decode() == self.challenge
        if not proven or form.get("code") not in self.codes:
            return None
        self.codes.remove(form["code"])
        return {"access_token": "a-1", "token_type": "Bearer", "id_token": self.id_token()}

    def id_token(self) -> str:
        key: Any = None if self.algorithm == "none" else keys(self.signer).private
        if self.algorithm == "HS256":
            key = "geheim" * 8
        return jwt.encode(self.claims, key, self.algorithm, headers={"kid": KID})

    def metadata(self) -> str:
        body = "".join(keys("idp").certificate.splitlines()[1:-1])
        return f"""<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="{self.url}/saml">
<IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol"><KeyDescriptor use="signing">
<KeyInfo xmlns="http://www.w3.org/2000/09/xmldsig#"><X509Data><X509Certificate>{body}</X509Certificate></X509Data></KeyInfo>
</KeyDescriptor><SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" Location="{self.url}/sso"/>
</IDPSSODescriptor></EntityDescriptor>"""


def request_of(address: str) -> tuple[str, str, str]:
    """Id, issuer and answering address of the SAML request that a browser carries to the provider."""
    packed = base64.b64decode(parse_qs(urlsplit(address).query)["SAMLRequest"][0])
    asked = ElementTree.fromstring(zlib.decompress(packed, -15))
    issuer = asked.findtext("{urn:oasis:names:tc:SAML:2.0:assertion}Issuer") or ""
    return asked.attrib["ID"], issuer, asked.attrib["AssertionConsumerServiceURL"]


@dataclass
class Answer:
    """What a SAML response says; a fault is one field changed."""

    to: str
    audience: str
    address: str
    issuer: str
    person: str = "p-1"
    mail: str = "amt@muster.example"
    signer: str = "idp"
    minutes: int = 5
    tampered: bool = False

    def assertion(self) -> str:
        now = datetime.now(UTC)
        at, until = now.strftime(SAML_TIME), (now + timedelta(minutes=self.minutes)).strftime(SAML_TIME)
        begin = (now - timedelta(minutes=30)).strftime(SAML_TIME)
        attributes = {"urn:oasis:names:tc:SAML:attribute:subject-id": self.person, MAIL: self.mail}
        told = "".join(
            f'<saml:Attribute Name="{name}"><saml:AttributeValue>{value}</saml:AttributeValue></saml:Attribute>'
            for name, value in attributes.items()
        )
        text = f"""<saml:Assertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="a{id(self)}" Version="2.0" IssueInstant="{at}">
<saml:Issuer>{self.issuer}</saml:Issuer><saml:Subject><saml:NameID Format="urn:oasis:names:tc:SAML:2.0:nameid-format:persistent">{self.person}</saml:NameID>
<saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer"><saml:SubjectConfirmationData
InResponseTo="{self.to}" Recipient="{self.address}" NotOnOrAfter="{until}"/></saml:SubjectConfirmation></saml:Subject>
<saml:Conditions NotBefore="{begin}" NotOnOrAfter="{until}"><saml:AudienceRestriction><saml:Audience>{self.audience}</saml:Audience>
</saml:AudienceRestriction></saml:Conditions><saml:AuthnStatement AuthnInstant="{at}"><saml:AuthnContext>
<saml:AuthnContextClassRef>urn:oasis:names:tc:SAML:2.0:ac:classes:Password</saml:AuthnContextClassRef></saml:AuthnContext></saml:AuthnStatement>
<saml:AttributeStatement>{told}</saml:AttributeStatement></saml:Assertion>"""
        if not self.signer:
            return text
        of = keys(self.signer)
        signed = OneLogin_Saml2_Utils.add_sign(text, of.pem, of.certificate, sign_algorithm=RSA, digest_algorithm=SHA)
        made = signed.decode() if isinstance(signed, bytes) else signed
        return made.replace(self.mail, "chefin@muster.example") if self.tampered else made

    def response(self, assertion: str = "") -> str:
        """Base64, as a browser posts it; `assertion` takes another one than its own."""
        at = datetime.now(UTC).strftime(SAML_TIME)
        text = f"""<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion"
ID="r{id(self)}" Version="2.0" IssueInstant="{at}" Destination="{self.address}" InResponseTo="{self.to}">
<saml:Issuer>{self.issuer}</saml:Issuer><samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></samlp:Status>
{assertion or self.assertion()}</samlp:Response>"""
        return base64.b64encode(text.encode()).decode()


MAIL = "urn:oid:0.9.2342.19200300.100.1.3"
RSA = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"
SHA = "http://www.w3.org/2001/04/xmlenc#sha256"


def both(of: Provider) -> dict[str, Any]:
    """Both ways to the provider, set as an operator would."""
    oidc = {"id": "amt", "name": "Amt", "client_id": "katalog", "secret": "s", "server": of.url}
    saml = {"id": "bund", "name": "Bund", "entity_id": f"{of.url}/saml", "metadata": f"{of.url}/metadata"}
    return providers(*(json.dumps([{**one, "mail_verified": True}]) for one in (oidc, saml)))


@contextmanager
def running() -> Iterator[Provider]:
    """The provider, answering on a port of loopback."""
    provider = Provider()
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(provider))
    provider.url = f"http://127.0.0.1:{server.server_port}"
    provider.claim()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()


def _handler(provider: Provider) -> type[BaseHTTPRequestHandler]:
    pages: dict[str, Callable[[], Any]] = {
        "/.well-known/openid-configuration": provider.discovery,
        "/jwks": provider.jwks,
        "/me": lambda: provider.userinfo,
        "/metadata": provider.metadata,
    }

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            page = pages.get(self.path)
            self._send(page() if page else None)

        def do_POST(self) -> None:
            sent = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
            self._send(provider.token({name: values[0] for name, values in sent.items()}))

        def _send(self, said: Any) -> None:
            body = (said if isinstance(said, str) else json.dumps(said)).encode()
            self.send_response(400 if said is None else 200)
            self.send_header("Content-Type", "text/xml" if isinstance(said, str) else "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_args: Any) -> None:
            pass

    return Handler
